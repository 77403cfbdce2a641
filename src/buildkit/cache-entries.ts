import { BuildError } from '../engine/build-error.ts';
import type { CacheEntry } from './solve-request.ts';

/** Kinds of cache that need nothing of the client, and folders of this machine, which are served to the builder. */
const known: ReadonlySet<string> = new Set(['registry', 'inline', 'gha', 's3', 'azblob', 'local']);

/** `cache_from` or `cache_to`: an image, or `type=registry,ref=...`. Throws a {@link BuildError} `refused` for an unknown kind. */
export function parseCacheEntries(texts: readonly string[]): readonly CacheEntry[] {
  return texts.filter((text) => text !== '').map(parseEntry);
}

function parseEntry(text: string): CacheEntry {
  const entry = readEntry(text);
  if (known.has(entry.type)) return entry;
  throw new BuildError(
    'refused',
    `cache of type ${entry.type} is not supported by the builder of the engine; use registry, local or inline, or make a builder with docker buildx create`,
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
