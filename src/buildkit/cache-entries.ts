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

function parseEntry(text: string): CacheEntry {
  if (!text.includes('=')) return { type: 'registry', attributes: { ref: text } };
  const pairs = text.split(',').map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()] as const;
  });
  const { type = 'registry', ...attributes } = Object.fromEntries(pairs);
  if (servedByBuilder.has(type)) return { type, attributes };
  throw new BuildError(
    'refused',
    `cache of type ${type} is not supported by the builder of the engine; use registry or inline, or another builder`,
  );
}
