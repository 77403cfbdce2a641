import { createReadStream } from 'node:fs';
import { lstat, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from './tar-entry.ts';
import { type FolderEntry, walkFolder } from './walk-folder.ts';

/** How a path is packed. */
export interface PackPathOptions {
  /** What it is called in the archive; empty for the contents of a folder without the folder. */
  readonly name: string;
  /** A link at the path itself stands for what it leads to. */
  readonly followLink: boolean;
}

/**
 * Packs a file, a link, or a folder with everything in it, with owners, modes and times. Nothing but the piece under way is held in
 * memory. Devices, pipes and sockets are left out. Throws what the file system says.
 */
export async function* packPath(
  path: string,
  { name, followLink }: PackPathOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const found = await (followLink ? stat(path) : lstat(path));
  const top = { mode: found.mode, uid: found.uid, gid: found.gid, size: 0, time: Math.floor(found.mtimeMs / 1000) };
  if (found.isDirectory()) {
    if (name !== '') yield tarHeader({ ...top, path: `${name}/`, kind: 'directory' });
    yield* packFolder(path, name);
  } else if (found.isSymbolicLink()) {
    yield tarHeader({ ...top, path: name, kind: 'link', target: await readlink(path) });
  } else if (found.isFile()) {
    yield tarHeader({ ...top, path: name, kind: 'file', size: found.size });
    yield* fileContent(path, found.size);
  }
  yield tarEnd;
}

async function* packFolder(folder: string, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const inArchive = (path: string): string => (name === '' ? path : `${name}/${path}`);
  for (const entry of walkFolder(folder, { include: [], exclude: [] })) {
    const full = join(folder, entry.path);
    const header = await headerOf(full, entry, inArchive);
    if (header === undefined) continue;
    yield tarHeader(header);
    if (header.kind === 'file') yield* fileContent(full, header.size);
  }
}

async function headerOf(
  full: string,
  { path, kind, mode, size, modified, target }: FolderEntry,
  inArchive: (path: string) => string,
): Promise<TarEntry | undefined> {
  if (kind === 'device' || kind === 'pipe') return undefined;
  const { uid, gid } = await lstat(full);
  const common = { path: inArchive(path), mode, uid, gid, size: 0, time: Number(modified / 1_000_000_000n) };
  if (kind === 'directory') return { ...common, path: `${common.path}/`, kind };
  if (kind === 'link') return { ...common, kind, target: target ?? '' };
  return target === undefined ? { ...common, kind, size } : { ...common, kind: 'hard-link', target: inArchive(target) };
}

/** Exactly as many bytes as the header says, however the file has changed since. */
export async function* fileContent(path: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  if (size === 0) return;
  let left = size;
  for await (const piece of createReadStream(path, { end: size - 1, highWaterMark: 128 * 1024 })) {
    const bytes = piece as Uint8Array;
    left -= bytes.length;
    yield bytes;
  }
  if (left > 0) yield Buffer.alloc(left);
  yield tarPadding(size);
}
