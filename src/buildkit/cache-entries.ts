import { BuildError } from '../engine/build-error.ts';
import type { CacheEntry } from './solve-request.ts';

/** Variables that a runner of GitHub Actions gives to its steps, among others. */
export type CacheEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * `cache_from` or `cache_to`: images, or `type=registry,ref=...`. Which kinds there are is for the builder to say. A cache of GitHub
 * Actions gets what it needs from the environment, and counts only where a runner gives it. Throws a {@link BuildError} `refused` for
 * a field that is no pair.
 */
export function parseCacheEntries(texts: readonly string[], environment: CacheEnvironment): readonly CacheEntry[] {
  return texts
    .filter((text) => text !== '')
    .flatMap(readEntries)
    .flatMap((entry) => (entry.type === 'gha' ? githubEntry(entry, environment) : entry));
}

function githubEntry({ type, attributes: given }: CacheEntry, environment: CacheEnvironment): readonly CacheEntry[] {
  const results = environment['ACTIONS_RESULTS_URL'] ?? '';
  const cache = environment['ACTIONS_CACHE_URL'] ?? '';
  const {
    token = environment['ACTIONS_RUNTIME_TOKEN'] ?? '',
    url = cache === '' ? results : cache,
    url_v2 = results,
  } = given;
  if (token === '' || (url === '' && url_v2 === '')) return [];
  const isSecond = /^(?:1|t|true)$/i.test(environment['ACTIONS_CACHE_SERVICE_V2'] ?? '');
  return [{ type, attributes: { ...(isSecond ? { version: '2' } : {}), ...given, token, url, url_v2 } }];
}

function readEntries(text: string): readonly CacheEntry[] {
  if (!text.includes('=')) return fieldsOf(text).map((ref) => ({ type: 'registry', attributes: { ref } }));
  const pairs = fieldsOf(text).map((part) => {
    const equals = part.indexOf('=');
    if (equals < 0) throw new BuildError('refused', `cache ${JSON.stringify(text)}: invalid value ${part}`);
    return [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()] as const;
  });
  const { type = 'registry', ...attributes } = Object.fromEntries(pairs);
  return [{ type, attributes }];
}

/** Fields between commas; one in quotes, which are doubled inside, may have commas itself. */
function fieldsOf(text: string): readonly string[] {
  const fields = text.matchAll(/(?:^|,)(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^,]*))/g);
  return [...fields].map(({ groups }) => groups?.['quoted']?.replaceAll('""', '"') ?? groups?.['plain'] ?? '');
}
