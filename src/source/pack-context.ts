import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { errorCode } from '../diagnostics/thrown.ts';
import { fileContent } from './pack-path.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from './tar-entry.ts';
import { type FolderEntry, walkFolder } from './walk-folder.ts';

/** A build context as one tar. */
export interface PackedContext {
  /** Path of the Dockerfile inside. */
  readonly dockerfile: string;
  /** Read once; nothing but the piece under way is held in memory. */
  readonly tar: AsyncIterable<Uint8Array>;
}

/**
 * Packs a folder without what its `.dockerignore` leaves out. A Dockerfile that is given as text, or lies outside, is packed under a
 * name of its own. Rejects with what the file system says.
 */
export async function packContext(
  folder: string,
  dockerfile: { readonly path: string } | { readonly text: string },
): Promise<PackedContext> {
  const ignored = parseIgnoreFile(await readIfPresent(join(folder, '.dockerignore')));
  const place = 'path' in dockerfile ? placeIn(folder, dockerfile.path) : undefined;
  if (place !== undefined) {
    // The builder reads both, whatever is left out of the image.
    const needed = ['!.dockerignore', `!${place}`];
    return { dockerfile: place, tar: packed(folder, ignored.length === 0 ? [] : [...ignored, ...needed], undefined) };
  }
  const text = 'text' in dockerfile ? dockerfile.text : await readFile(resolve(folder, dockerfile.path), 'utf8');
  const name = `.dockerfile.${randomBytes(10).toString('hex')}`;
  return { dockerfile: name, tar: packed(folder, ignored, { name, text }) };
}

/** The patterns of a `.dockerignore` file: one a line, comments and empty lines left out. */
function parseIgnoreFile(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The path below the folder; undefined if it is outside. */
function placeIn(folder: string, path: string): string | undefined {
  const place = relative(folder, resolve(folder, path));
  return place.startsWith('..') || isAbsolute(place) ? undefined : place.replaceAll('\\', '/');
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

async function* packed(
  folder: string,
  exclude: readonly string[],
  extra: { readonly name: string; readonly text: string } | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const entry of walkFolder(folder, { include: [], exclude })) {
    const header = headerOf(entry);
    if (header === undefined) continue;
    yield tarHeader(header);
    yield* fileContent(join(folder, entry.path), header.size);
  }
  if (extra !== undefined) {
    const content = Buffer.from(extra.text);
    const size = content.length;
    yield tarHeader({ path: extra.name, kind: 'file', mode: 0o600, uid: 0, gid: 0, size, time: 0 });
    yield Buffer.concat([content, tarPadding(size)]);
  }
  yield tarEnd;
}

function headerOf({ path, kind, mode, size, modified, target }: FolderEntry): TarEntry | undefined {
  const common = { path, mode, uid: 0, gid: 0, size, time: Number(modified / 1_000_000_000n) };
  switch (kind) {
    case 'directory':
      return { ...common, path: `${path}/`, kind: 'directory' };
    case 'link':
      return { ...common, kind: 'link', target: target ?? '' };
    case 'file':
      return target === undefined ? { ...common, kind: 'file' } : { ...common, kind: 'hard-link', target };
    case 'device':
    case 'pipe':
      return undefined;
  }
}
