import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/thrown.ts';
import { followLinks } from '../source/follow-links.ts';
import { type FolderEntry, walkFolder } from '../source/walk-folder.ts';
import { dataPacketHead, decodePacket, endOfEntries, finishPacket, statPacket } from './file-sync-packets.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import type { GrpcCall, GrpcMethod } from './grpc-server.ts';

/** Files that are read at the same time; each holds one piece in memory. */
const readers = 6;
const pieceBytes = 512 * 1024;
/** So many entries go out at once; after them others get a turn. */
const entriesInATurn = 256;

/** `moby.filesync.v1.FileSync/DiffCopy`: sends what the builder does not have yet of a named folder. */
export function fileSyncMethod(folders: ReadonlyMap<string, string>): GrpcMethod {
  return async (call) => {
    const name = decoded(call, 'dir-name')[0] ?? '';
    const folder = folders.get(name);
    if (folder === undefined) throw new GrpcError(grpcStatus.notFound, `no folder ${name}`);
    const followed = decoded(call, 'followpaths');
    const links = followed.length === 0 ? [] : followLinks(folder, followed);
    const include = decoded(call, 'include-patterns');
    await sendFolder(call, folder, {
      include: links === undefined ? [] : [...include, ...links],
      exclude: decoded(call, 'exclude-patterns'),
    });
  };
}

/** Values with other than plain characters come percent-encoded and marked as such. */
function decoded(call: GrpcCall, key: string): readonly string[] {
  const values = call.metadata(key);
  return call.metadata(`${key}-encoded`)[0] === '1' ? values.map(decodeURIComponent) : values;
}

/** The two directions of fsutil's transfer: entries and the pieces of files go out, requests for files come in. */
async function sendFolder(
  call: GrpcCall,
  root: string,
  filter: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): Promise<void> {
  const transfer: Transfer = { call, root, files: [], requested: [], waiting: undefined, active: 0 };
  const entries = sendEntries(transfer, walkFolder(root, filter));
  const requests = takeRequests(transfer);
  // Whichever fails first ends the call; the other one ends with it.
  await Promise.all([entries, requests]);
}

interface Transfer {
  readonly call: GrpcCall;
  readonly root: string;
  /** The path of the regular file with this number. */
  readonly files: (string | undefined)[];
  readonly requested: number[];
  /** Settled by the end of a file when the receiver has finished asking. */
  waiting: (() => void) | undefined;
  active: number;
}

async function sendEntries({ call, files }: Transfer, entries: Iterable<FolderEntry>): Promise<void> {
  let packets: Uint8Array[] = [];
  for (const entry of entries) {
    files.push(entry.kind === 'file' && entry.target === undefined ? entry.path : undefined);
    packets.push(statPacket(entry));
    if (packets.length < entriesInATurn) continue;
    await call.sendAll(packets);
    packets = [];
    await new Promise((resolve) => setImmediate(resolve));
  }
  await call.sendAll([...packets, endOfEntries]);
}

async function takeRequests(transfer: Transfer): Promise<void> {
  const { call } = transfer;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const read = async (): Promise<void> => {
    for await (const message of call.messages) {
      const packet = decodePacket(message);
      if (packet?.kind === 'error') throw new GrpcError(grpcStatus.unknown, packet.text);
      if (packet?.kind === 'request') {
        transfer.requested.push(packet.file);
        if (transfer.active < readers) void sendRequested(transfer).catch(fail);
      }
      if (packet?.kind === 'finish') {
        await call.send(finishPacket);
        return;
      }
    }
  };
  await Promise.race([read(), failed]);
}

/** Sends requested files, one after the other, until none is left. */
async function sendRequested(transfer: Transfer): Promise<void> {
  transfer.active += 1;
  try {
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let file = transfer.requested.shift(); file !== undefined; file = transfer.requested.shift()) {
      await sendFile(transfer, file, piece);
    }
  } finally {
    transfer.active -= 1;
  }
}

async function sendFile({ call, root, files }: Transfer, number: number, piece: Buffer): Promise<void> {
  const path = files[number];
  if (path === undefined) throw new GrpcError(grpcStatus.notFound, `no file has number ${number}`);
  const handle = await openIfPresent(join(root, path));
  try {
    while (handle !== undefined) {
      const { bytesRead } = await handle.read(piece, 0, piece.length);
      if (bytesRead === 0) break;
      if (bytesRead < piece.length) {
        // A short read is the end of a file: most files are one message and its end.
        const last = Buffer.concat([dataPacketHead(number, bytesRead), piece.subarray(0, bytesRead)]);
        await call.sendAll([last, dataPacketHead(number, 0)]);
        return;
      }
      await call.send(dataPacketHead(number, bytesRead), piece.subarray(0, bytesRead));
    }
  } finally {
    await handle?.close();
  }
  await call.send(dataPacketHead(number, 0));
}

/** A file that went away since the folder was read is sent empty, as fsutil does. */
async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
