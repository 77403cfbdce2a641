import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blobPath, parseDigest } from './content-digest.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';

/** Milliseconds. */
const leftAfter = 3_600_000;
/** A random UUID. */
const ingestName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A blob on its way into a store. It has no place there until it is committed. */
export interface Ingest {
  /** What the builder calls it. */
  readonly ref: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Bytes written so far. */
  readonly offset: () => number;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Starts from nothing again. */
  readonly restart: () => Promise<void>;
  /**
   * Gives the blob its place and its digest back. Rejects with a {@link GrpcError} `failed-precondition` if it has not the expected
   * digest or, unless that is 0, size; nothing is kept then.
   */
  readonly commit: (expected: string, size: number) => Promise<string>;
  /** Drops what was written; without effect after a commit. */
  readonly abort: () => Promise<void>;
}

/**
 * Removes what processes that were killed have left half written: files of ours that nobody has written to for an hour. Others may be
 * at work in the same folder.
 */
export async function dropLeftIngests(folder: string, now: number): Promise<void> {
  const waiting = join(folder, 'ingest');
  const names = (await readdir(waiting).catch(() => [])).filter((name) => ingestName.test(name));
  for (const path of names.map((name) => join(waiting, name))) {
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < now - leftAfter) await rm(path, { force: true });
  }
}

/** Begins a blob in a file of its own, which a commit moves to its place at once. `onEnd` is called when it is over. */
export async function openIngest(
  folder: string,
  ref: string,
  startedAt: number,
  onEnd: (ingest: Ingest) => void,
): Promise<Ingest> {
  const waiting = join(folder, 'ingest');
  await mkdir(waiting, { recursive: true });
  const path = join(waiting, randomUUID());
  // Blobs never change: nobody gets the right to write them.
  const handle = await open(path, 'ax', 0o444);
  let hash = createHash('sha256');
  let written = 0;
  let isOver = false;
  const end = async (): Promise<void> => {
    isOver = true;
    onEnd(ingest);
    await handle.close();
  };
  const requireOpen = (): void => {
    if (isOver) throw new GrpcError(grpcStatus.canceled, `the write of ${ref} is over`);
  };
  const ingest: Ingest = {
    ref,
    startedAt,
    offset: () => written,
    write: async (bytes) => {
      requireOpen();
      hash.update(bytes);
      await handle.appendFile(bytes);
      written += bytes.length;
    },
    restart: async () => {
      requireOpen();
      await handle.truncate(0);
      hash = createHash('sha256');
      written = 0;
    },
    commit: async (expected, size) => {
      requireOpen();
      const digest = parseDigest(`sha256:${hash.digest('hex')}`);
      try {
        if (digest === undefined || (expected !== '' && expected !== digest.text)) {
          throw new GrpcError(grpcStatus.failedPrecondition, `${ref} has another digest than ${expected}`);
        }
        if (size > 0 && size !== written) {
          throw new GrpcError(grpcStatus.failedPrecondition, `${ref} has ${written} bytes instead of ${size}`);
        }
        const place = blobPath(folder, digest);
        await mkdir(dirname(place), { recursive: true });
        await handle.sync();
        await rename(path, place);
        await end();
        return digest.text;
      } catch (error) {
        await ingest.abort();
        throw error;
      }
    },
    abort: async () => {
      if (isOver) return;
      await end();
      await rm(path, { force: true });
    },
  };
  return ingest;
}
