import { expect, test } from 'vitest';
import { parseCacheEntries, splitCacheImports } from '../../../src/buildkit/cache-entries.ts';

test('an image alone is a cache in a registry', () => {
  expect(parseCacheEntries(['r.example/app:cache', 'type=registry,ref=r.example/app,mode=max', 'type=inline'])).toEqual(
    [
      { type: 'registry', attributes: { ref: 'r.example/app:cache' } },
      { type: 'registry', attributes: { ref: 'r.example/app', mode: 'max' } },
      { type: 'inline', attributes: {} },
    ],
  );
});

test('a cache in a folder is not written, and left out of what is read', () => {
  expect(() => parseCacheEntries(['type=local,dest=/tmp/cache'])).toThrow('cache of type local is not supported');
  expect(splitCacheImports(['type=local,src=/tmp/cache', 'app'])).toEqual({
    read: [{ type: 'registry', attributes: { ref: 'app' } }],
    left: ['type=local,src=/tmp/cache'],
  });
});
