import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { errorCode } from '../diagnostics/thrown.ts';
import { fileContent } from './pack-path.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from './tar-entry.ts';
import { type FolderEntry, walkFolder } from './walk-folder.ts';

const ignoreFile = '.dockerignore';

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
  const ignoreText = await readIfPresent(join(folder, ignoreFile));
  const ignored = parseIgnoreFile(ignoreText ?? '');
  const place = 'path' in dockerfile ? placeIn(folder, dockerfile.path) : undefined;
  if (place !== undefined) {
    // The builder reads both, whatever is left out of the image.
    const needed = [`!${ignoreFile}`, `!${place}`];
    return { dockerfile: place, tar: packed(folder, ignored.length === 0 ? [] : [...ignored, ...needed], []) };
  }
  const text = 'text' in dockerfile ? dockerfile.text : await readFile(resolve(folder, dockerfile.path), 'utf8');
  // The same text has the same name in every build, so that the builder finds its cache again.
  const name = `.dockerfile.${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
  const added = [
    { name, text },
    // What is ignored here the builder takes out of the context once it has read the Dockerfile.
    { name: ignoreFile, text: `${ignoreText ?? ignoreFile}\n${name}\n` },
  ];
  return { dockerfile: name, tar: packed(folder, [...ignored, ignoreFile], added) };
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

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function* packed(
  folder: string,
  exclude: readonly string[],
  added: readonly { readonly name: string; readonly text: string }[],
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const entry of walkFolder(folder, { include: [], exclude })) {
    const header = headerOf(entry);
    if (header === undefined) continue;
    yield tarHeader(header);
    yield* fileContent(join(folder, entry.path), header.size);
  }
  for (const { name, text } of added) {
    const content = Buffer.from(text);
    const size = content.length;
    yield tarHeader({ path: name, kind: 'file', mode: 0o644, uid: 0, gid: 0, size, time: 0 });
    yield Buffer.concat([content, tarPadding(size)]);
  }
  yield tarEnd;
}

function headerOf({ path, kind, mode, size, modified, target }: FolderEntry): TarEntry | undefined {
  const common = { path, mode, uid: 0, gid: 0, size: 0, time: Number(modified / 1_000_000_000n) };
  switch (kind) {
    case 'directory':
      return { ...common, path: `${path}/`, kind: 'directory' };
    case 'link':
      return { ...common, kind: 'link', target: target ?? '' };
    case 'file':
      return target === undefined ? { ...common, kind: 'file', size } : { ...common, kind: 'hard-link', target };
    case 'device':
    case 'pipe':
      return undefined;
  }
}
