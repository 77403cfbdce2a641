import { expect, test } from 'vitest';
import { parseCacheEntries } from '../../../src/buildkit/cache-entries.ts';

test('an image alone is a cache in a registry', () => {
  const texts = ['r.example/app:cache', 'a,b', 'type=registry,ref=r.example/app,mode=max', 'type=inline', ''];
  expect(parseCacheEntries(texts, {})).toEqual([
    { type: 'registry', attributes: { ref: 'r.example/app:cache' } },
    { type: 'registry', attributes: { ref: 'a' } },
    { type: 'registry', attributes: { ref: 'b' } },
    { type: 'registry', attributes: { ref: 'r.example/app', mode: 'max' } },
    { type: 'inline', attributes: {} },
  ]);
});

test('a folder is a cache, and a kind that nobody knows here may be one to the builder', () => {
  expect(parseCacheEntries(['type=local,src=/tmp/cache,tag=main'], {})).toEqual([
    { type: 'local', attributes: { src: '/tmp/cache', tag: 'main' } },
  ]);
  expect(parseCacheEntries(['type=floppy, Speed=low'], {})).toEqual([{ type: 'floppy', attributes: { speed: 'low' } }]);
});

test('a field in quotes may have commas', () => {
  expect(parseCacheEntries(['type=local,"src=/a,""b""",mode=max'], {})).toEqual([
    { type: 'local', attributes: { src: '/a,"b"', mode: 'max' } },
  ]);
  expect(() => parseCacheEntries(['type=inline,max'], {})).toThrow('cache "type=inline,max": invalid value max');
});

test('a cache of GitHub Actions counts where a runner gives what it needs', () => {
  const texts = ['type=gha,mode=max,scope=web'];
  expect(parseCacheEntries(texts, {})).toEqual([]);
  expect(parseCacheEntries(texts, { ACTIONS_RUNTIME_TOKEN: 'word' })).toEqual([]);
  expect(parseCacheEntries(texts, { ACTIONS_RUNTIME_TOKEN: 'word', ACTIONS_CACHE_URL: 'http://c' })).toEqual([
    { type: 'gha', attributes: { mode: 'max', scope: 'web', token: 'word', url: 'http://c', url_v2: '' } },
  ]);
  const second = { ACTIONS_RUNTIME_TOKEN: 'word', ACTIONS_RESULTS_URL: 'http://r', ACTIONS_CACHE_SERVICE_V2: 'True' };
  expect(parseCacheEntries(['type=gha,token=own'], second)).toEqual([
    { type: 'gha', attributes: { version: '2', token: 'own', url: 'http://r', url_v2: 'http://r' } },
  ]);
});
