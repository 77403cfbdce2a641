import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/thrown.ts';
import { blobPath, type ContentDigest, parseDigest } from './content-digest.ts';
import { type Ingest, openIngest } from './content-ingest.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';

/** So much is read at once; builders take no messages of more than 4 MiB. */
const pieceBytes = 1024 * 1024;

/** One blob of a store. */
export interface ContentInfo {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** The blobs of one folder of the OCI image layout. Every call rejects with a {@link GrpcError} for what a builder asks in vain. */
export interface ContentStore {
  readonly folder: string;
  readonly info: (digest: string) => Promise<ContentInfo>;
  readonly list: () => AsyncIterable<ContentInfo>;
  /** The bytes from `offset` on, `size` of them at most; 0 means all. */
  readonly read: (
    digest: string,
    offset: number,
    size: number,
  ) => AsyncIterable<{ readonly offset: number; readonly bytes: Uint8Array }>;
  /** `permission-denied` if the store is one to read from. */
  readonly begin: (ref: string, now: number) => Promise<Ingest>;
  /** What is on its way. */
  readonly ingests: () => readonly Ingest[];
  /** Drops what is on its way. */
  readonly close: () => Promise<void>;
}

/** A store over a folder, which need not be there. Nothing but a commit changes it: what a builder may write it may not delete. */
export function openContentStore(folder: string, { writable }: { readonly writable: boolean }): ContentStore {
  const underWay = new Set<Ingest>();
  const info = async (digest: string): Promise<ContentInfo> => {
    const found = await stat(blobPath(folder, checked(digest))).catch(absent(digest));
    if (!found.isFile()) throw notFound(digest);
    return { digest, size: found.size, modified: found.mtimeMs };
  };
  return {
    folder,
    info,
    list: async function* () {
      for (const algorithm of ['sha256', 'sha512']) {
        const names = await readdir(join(folder, 'blobs', algorithm)).catch(() => []);
        for (const digest of names.map((name) => `${algorithm}:${name}`)) {
          if (parseDigest(digest) !== undefined) yield await info(digest);
        }
      }
    },
    read: (digest, offset, size) => readBlob(folder, checked(digest), offset, size),
    begin: async (ref, now) => {
      if (!writable) throw new GrpcError(grpcStatus.permissionDenied, 'the store is one to read from');
      const ingest = await openIngest(folder, ref, now, () => underWay.delete(ingest));
      underWay.add(ingest);
      return ingest;
    },
    ingests: () => [...underWay],
    close: async () => {
      await Promise.all([...underWay].map((ingest) => ingest.abort()));
    },
  };
}

function checked(text: string): ContentDigest {
  const digest = parseDigest(text);
  if (digest === undefined) throw new GrpcError(grpcStatus.invalidArgument, `${JSON.stringify(text)} is no digest`);
  return digest;
}

function notFound(digest: string): GrpcError {
  return new GrpcError(grpcStatus.notFound, `content ${digest}: not found`);
}

function absent(digest: string): (error: unknown) => never {
  return (error) => {
    throw errorCode(error) === 'ENOENT' ? notFound(digest) : error;
  };
}

async function* readBlob(
  folder: string,
  digest: ContentDigest,
  offset: number,
  size: number,
): AsyncGenerator<{ readonly offset: number; readonly bytes: Uint8Array }, void, undefined> {
  const path = blobPath(folder, digest);
  // Whoever opens a pipe waits for its writer.
  if (!(await stat(path).catch(absent(digest.text))).isFile()) throw notFound(digest.text);
  const handle = await open(path, 'r').catch(absent(digest.text));
  try {
    const { size: length } = await handle.stat();
    let position = Math.max(0, offset);
    if (position > length)
      throw new GrpcError(grpcStatus.outOfRange, `read past the ${length} bytes of ${digest.text}`);
    const end = size <= 0 ? length : Math.min(length, position + size);
    while (position < end) {
      const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - position));
      const { bytesRead } = await handle.read(piece, 0, piece.length, position);
      if (bytesRead === 0) throw new GrpcError(grpcStatus.dataLoss, `${digest.text} became shorter`);
      yield { offset: position, bytes: piece.subarray(0, bytesRead) };
      position += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
