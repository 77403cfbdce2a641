import { BuildError } from '../engine/build-error.ts';
import type { CacheEntry } from './solve-request.ts';

/** Kinds of cache that need nothing of the client. */
const servedByBuilder: ReadonlySet<string> = new Set(['registry', 'inline', 'gha', 's3', 'azblob']);

/**
 * `cache_from` or `cache_to`: an image, or `type=registry,ref=...`. Throws a {@link BuildError} `refused` for a kind that this
 * machine would have to store.
 */
export function parseCacheEntries(texts: readonly string[]): readonly CacheEntry[] {
  return texts.filter((text) => text !== '').map(parseEntry);
}

/** Of `cache_from`, what the builder reads itself, and the folders of this machine, which it does not get: a cache is no more than a hint. */
export function splitCacheImports(texts: readonly string[]): {
  readonly read: readonly CacheEntry[];
  readonly left: readonly string[];
} {
  const left = texts.filter((text) => readEntry(text).type === 'local');
  return { read: parseCacheEntries(texts.filter((text) => !left.includes(text))), left };
}

/** Whether a cache would have to be written to a folder of this machine. */
export function hasFolderCache(texts: readonly string[]): boolean {
  return texts.some((text) => readEntry(text).type === 'local');
}

function parseEntry(text: string): CacheEntry {
  const entry = readEntry(text);
  if (servedByBuilder.has(entry.type)) return entry;
  throw new BuildError(
    'refused',
    `cache of type ${entry.type} is not supported by the builder of the engine; use registry or inline, or make a builder with docker buildx create`,
    { elsewhere: 'other-builder' },
  );
}

function readEntry(text: string): CacheEntry {
  if (!text.includes('=')) return { type: 'registry', attributes: { ref: text } };
  const pairs = text.split(',').map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()] as const;
  });
  const { type = 'registry', ...attributes } = Object.fromEntries(pairs);
  return { type, attributes };
}
