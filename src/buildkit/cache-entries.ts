import { BuildError } from '../engine/build-error.ts';
import type { CacheEntry } from './solve-request.ts';

/**
 * `cache_from` or `cache_to`: an image, or `type=registry,ref=...`. Which kinds there are is for the builder to say.
 * Throws a {@link BuildError} `refused` for a field that is no pair.
 */
export function parseCacheEntries(texts: readonly string[]): readonly CacheEntry[] {
  return texts.filter((text) => text !== '').map(readEntry);
}

function readEntry(text: string): CacheEntry {
  if (!text.includes('=')) return { type: 'registry', attributes: { ref: text } };
  const pairs = fieldsOf(text).map((part) => {
    const equals = part.indexOf('=');
    if (equals < 0) throw new BuildError('refused', `cache ${JSON.stringify(text)}: invalid value ${part}`);
    return [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()] as const;
  });
  const { type = 'registry', ...attributes } = Object.fromEntries(pairs);
  return { type, attributes };
}

/** Fields between commas; one in quotes, which are doubled inside, may have commas itself. */
function fieldsOf(text: string): readonly string[] {
  const fields = text.matchAll(/(?:^|,)(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^,]*))/g);
  return [...fields].map(({ groups }) => groups?.['quoted']?.replaceAll('""', '"') ?? groups?.['plain'] ?? '');
}
