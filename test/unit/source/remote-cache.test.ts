import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRemoteCache, remoteCacheFolder } from '../../../src/source/remote-cache.ts';

const name = 'ab'.repeat(20);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remote-cache-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('createRemoteCache', () => {
  test('fills a folder once and finds it again', async () => {
    const root = join(folder, 'deep', 'cache');
    const cache = createRemoteCache(root);
    expect(await cache.find(name)).toBeUndefined();
    const filled = await cache.provide(name, (empty) => writeFile(join(empty, 'f'), 'text'));
    expect(filled).toBe(join(root, name));
    expect(await readFile(join(filled, 'f'), 'utf8')).toBe('text');
    const again = createRemoteCache(root);
    expect(await again.provide(name, () => Promise.reject(new Error('filled twice')))).toBe(filled);
    expect((await stat(root)).mode & 0o777).toBe(0o700);
  });

  test('a fill that fails leaves nothing behind', async () => {
    const cache = createRemoteCache(folder);
    const failing = cache.provide(name, async (empty) => {
      await writeFile(join(empty, 'half'), '');
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    expect(await readdir(folder)).toEqual([]);
  });

  test('of two fills at the same time one wins, and both get a complete folder', async () => {
    const cache = createRemoteCache(folder);
    const fill = async (empty: string): Promise<void> => {
      await writeFile(join(empty, 'a'), '1');
      await writeFile(join(empty, 'b'), '2');
    };
    const [one, other] = await Promise.all([cache.provide(name, fill), cache.provide(name, fill)]);
    expect(one).toBe(other);
    expect(await readdir(folder)).toEqual([name]);
    expect((await readdir(one)).sort()).toEqual(['a', 'b']);
  });

  test.each(['..', '../x', '/etc', 'a', '', `${name}/..`])('refuses the name %j', async (bad) => {
    await expect(createRemoteCache(folder).provide(bad, () => Promise.resolve())).rejects.toThrow(TypeError);
  });
});

test('the cache is below XDG_CACHE_HOME if that is absolute', () => {
  expect(remoteCacheFolder({ XDG_CACHE_HOME: '/x' }, '/home/me')).toBe('/x/topsail/remote');
  expect(remoteCacheFolder({ XDG_CACHE_HOME: 'x' }, '/home/me')).toBe('/home/me/.cache/topsail/remote');
  expect(remoteCacheFolder({}, '/home/me')).toBe('/home/me/.cache/topsail/remote');
});
