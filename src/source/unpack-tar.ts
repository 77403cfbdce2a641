import { createWriteStream } from 'node:fs';
import { chmod, link, lstat, lutimes, mkdir, realpath, symlink, unlink } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../diagnostics/thrown.ts';
import type { TarFileEntry } from './read-tar.ts';

/** The set-user and set-group bits of a stranger's files are not taken over. */
const keptModeBits = 0o1777;

/** Where the entries of an archive go. */
export interface UnpackPlace {
  /** A folder that exists; nothing is written outside. */
  readonly folder: string;
  /** The path below the folder for the path of an entry; undefined leaves it out. */
  readonly placeOf: (path: string) => string | undefined;
}

/**
 * Unpacks an archive that nobody vouches for: nothing is written outside of the folder, neither by `..` nor through links, whether they
 * are in the archive or were there. Files take the place of files; a folder and what is none do not replace each other. Devices and
 * pipes are left out. Everything belongs to who unpacks. Throws a RangeError for an entry that would lead outside, and what the file
 * system says.
 */
export async function unpackTar(entries: AsyncIterable<TarFileEntry>, { folder, placeOf }: UnpackPlace): Promise<void> {
  const root = await realpath(folder);
  const folders: { readonly path: string; readonly mode: number; readonly time: number }[] = [];
  for await (const entry of entries) {
    const place = placeOf(entry.path);
    if (place === undefined || entry.kind === 'other') continue;
    const path = join(root, safePath(place));
    if (path !== root) await prepareParents(root, path);
    switch (entry.kind) {
      case 'directory':
        await makeFolder(path);
        if (path !== root) folders.push({ path, mode: entry.mode, time: entry.time });
        break;
      case 'file':
        await makeRoom(path);
        await pipeline(Readable.from(entry.content), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        await finish(path, entry);
        break;
      case 'link':
        await makeRoom(path);
        await symlink(entry.target, path);
        await lutimes(path, entry.time, entry.time);
        break;
      case 'hard-link':
        await makeHardLink(root, path, placeOf(entry.target));
        break;
    }
  }
  // Last and innermost first: what is put into a folder changes its time, and needs its mode to allow it.
  for (const each of folders.toReversed()) await finish(each.path, each);
}

/** The path in one line downwards. */
function safePath(path: string): string {
  // With a slash at its end a link would stand for what it leads to.
  const clean = posix.normalize(path.replaceAll('\0', '')).replaceAll(/^\/+|\/+$/g, '');
  if (clean === '..' || clean.startsWith('../'))
    throw new RangeError(`the archive has a path that leads outside: ${path}`);
  return clean;
}

/** Everything between the folder and the path has to be a folder itself; what is missing is made. */
async function prepareParents(root: string, path: string): Promise<void> {
  const missing: string[] = [];
  for (let parent = dirname(path); parent !== root; parent = dirname(parent)) {
    const found = await lstatIfPresent(parent);
    if (found === undefined) missing.push(parent);
    else if (!found.isDirectory()) throw new RangeError(`the archive leads through ${parent}, which is no folder`);
  }
  for (const parent of missing.toReversed()) await mkdir(parent);
}

async function makeFolder(path: string): Promise<void> {
  const found = await lstatIfPresent(path);
  if (found === undefined) await mkdir(path);
  else if (!found.isDirectory()) throw new RangeError(`cannot overwrite non-directory ${path} with a directory`);
}

/** What is at the path goes, so that nothing is written through it. */
async function makeRoom(path: string): Promise<void> {
  const found = await lstatIfPresent(path);
  if (found?.isDirectory() === true) throw new RangeError(`cannot overwrite directory ${path} with a non-directory`);
  if (found !== undefined) await unlink(path);
}

async function makeHardLink(root: string, path: string, target: string | undefined): Promise<void> {
  const other = target === undefined ? undefined : join(root, safePath(target));
  if (other === undefined || other === path) return;
  await prepareParents(root, other);
  if ((await lstatIfPresent(other))?.isFile() !== true)
    throw new RangeError(`the archive links ${path} to what is no file in it`);
  await makeRoom(path);
  await link(other, path);
}

async function finish(path: string, { mode, time }: { readonly mode: number; readonly time: number }): Promise<void> {
  await chmod(path, mode & keptModeBits);
  await lutimes(path, time, time);
}

async function lstatIfPresent(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
