import { expect, test } from 'vitest';
import { parseCacheEntries } from '../../../src/buildkit/cache-entries.ts';

test('an image alone is a cache in a registry', () => {
  const texts = ['r.example/app:cache', 'type=registry,ref=r.example/app,mode=max', 'type=inline', ''];
  expect(parseCacheEntries(texts)).toEqual([
    { type: 'registry', attributes: { ref: 'r.example/app:cache' } },
    { type: 'registry', attributes: { ref: 'r.example/app', mode: 'max' } },
    { type: 'inline', attributes: {} },
  ]);
});

test('a folder is a cache, and an unknown kind is none', () => {
  expect(parseCacheEntries(['type=local,src=/tmp/cache,tag=main'])).toEqual([
    { type: 'local', attributes: { src: '/tmp/cache', tag: 'main' } },
  ]);
  expect(() => parseCacheEntries(['type=floppy'])).toThrow('cache of type floppy is not supported');
});
