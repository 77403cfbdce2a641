import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { packPath } from '../../../src/source/pack-path.ts';
import { readTar } from '../../../src/source/read-tar.ts';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from '../../../src/source/tar-entry.ts';
import { unpackTar } from '../../../src/source/unpack-tar.ts';

type Written = Partial<TarEntry> & { readonly path: string; readonly text?: string };

async function* archive(...entries: readonly Written[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const { text = '', ...entry } of entries) {
    const content = Buffer.from(text);
    const size = content.length;
    yield tarHeader({ kind: 'file', mode: 0o644, uid: 0, gid: 0, time: 1000, ...entry, size });
    yield Buffer.concat([content, tarPadding(size)]);
  }
  yield tarEnd;
}

describe('unpackTar', () => {
  let outside: string;
  let folder: string;

  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), 'topsail-unpack-'));
    onTestFinished(() => rm(outside, { recursive: true }));
    folder = join(outside, 'in');
    await mkdir(folder);
    await writeFile(join(outside, 'victim'), 'untouched');
  });

  const unpack = (...entries: readonly Written[]): Promise<void> =>
    unpackTar(readTar(archive(...entries)), { folder, placeOf: (path) => path });
  const inside = (path: string): string => join(folder, path);

  test('writes files, folders and links with modes and times, without bits that give away rights', async () => {
    await unpack(
      { path: 'd/', kind: 'directory', mode: 0o500, time: 2000 },
      { path: 'd/run', mode: 0o6755, text: 'x' },
      { path: 'd/link', kind: 'link', target: '/etc/passwd' },
      { path: 'd/twin', kind: 'hard-link', target: 'd/run' },
      { path: 'deep/er/file', text: 'y' },
    );
    expect((await stat(inside('d'))).mode & 0o7777).toBe(0o500);
    expect((await stat(inside('d'))).mtimeMs).toBe(2_000_000);
    expect((await stat(inside('d/run'))).mode & 0o7777).toBe(0o755);
    expect((await stat(inside('d/run'))).ino).toBe((await stat(inside('d/twin'))).ino);
    expect(await readlink(inside('d/link'))).toBe('/etc/passwd');
    expect(await readFile(inside('deep/er/file'), 'utf8')).toBe('y');
  });

  test('a file takes the place of a file or a link, and nothing is written through the link', async () => {
    await symlink(join(outside, 'victim'), inside('a'));
    await writeFile(inside('b'), 'old');
    await unpack({ path: 'a', text: 'new' }, { path: 'b', text: 'new' }, { path: 'b', kind: 'link', target: 'a' });
    expect((await lstat(inside('a'))).isFile()).toBe(true);
    expect(await readlink(inside('b'))).toBe('a');
    expect(await readFile(join(outside, 'victim'), 'utf8')).toBe('untouched');
  });

  test.for([
    ['a path upwards', [{ path: '../victim', text: 'x' }]],
    ['a path upwards further in', [{ path: 'a/../../victim', text: 'x' }]],
    [
      'a link in the archive',
      [
        { path: 'l', kind: 'link', target: '..' },
        { path: 'l/victim', text: 'x' },
      ],
    ],
    [
      'a link to the root',
      [
        { path: 'l', kind: 'link', target: '/' },
        { path: 'l/tmp/topsail-escaped', text: 'x' },
      ],
    ],
    [
      'a folder over a link',
      [
        { path: 'l', kind: 'link', target: '..' },
        { path: 'l/', kind: 'directory' },
      ],
    ],
    ['a hard link outwards', [{ path: 'h', kind: 'hard-link', target: '../victim' }]],
    [
      'a hard link through a link',
      [
        { path: 'l', kind: 'link', target: '..' },
        { path: 'h', kind: 'hard-link', target: 'l/victim' },
      ],
    ],
    [
      'a hard link to a link',
      [
        { path: 'l', kind: 'link', target: '../victim' },
        { path: 'h', kind: 'hard-link', target: 'l' },
      ],
    ],
    [
      'a file in place of a folder',
      [
        { path: 'd/', kind: 'directory' },
        { path: 'd', text: 'x' },
      ],
    ],
    ['a file in place of the folder itself', [{ path: '.', text: 'x' }]],
  ] as const)('refuses %s', async ([, entries]) => {
    await expect(unpack(...entries)).rejects.toThrow(RangeError);
    expect(await readFile(join(outside, 'victim'), 'utf8')).toBe('untouched');
    expect(existsSync('/tmp/topsail-escaped')).toBe(false);
  });

  test('a link that was there before leads nowhere either', async () => {
    await symlink(outside, inside('l'));
    await expect(unpack({ path: 'l/victim', text: 'x' })).rejects.toThrow('which is no folder');
  });

  test('absolute paths begin at the folder', async () => {
    await unpack({ path: '/etc/passwd', text: 'mine' });
    expect(await readFile(inside('etc/passwd'), 'utf8')).toBe('mine');
  });

  test('what was packed comes out the same', async () => {
    const source = join(outside, 'source');
    await mkdir(join(source, 'sub'), { recursive: true });
    await writeFile(join(source, 'sub/file'), 'x'.repeat(300_000), { mode: 0o600 });
    await symlink('sub/file', join(source, 'link'));
    const tar = packPath(source, { name: 'new', followLink: false });
    await unpackTar(readTar(tar), { folder, placeOf: (path) => path });
    expect(await readFile(inside('new/sub/file'), 'utf8')).toBe('x'.repeat(300_000));
    expect((await stat(inside('new/sub/file'))).mode & 0o777).toBe(0o600);
    expect(await readlink(inside('new/link'))).toBe('sub/file');
    const contents = packPath(source, { name: '', followLink: false });
    await unpackTar(readTar(contents), { folder, placeOf: (path) => path });
    expect(await readlink(inside('link'))).toBe('sub/file');
    const followed = packPath(join(source, 'link'), { name: 'solid', followLink: true });
    await unpackTar(readTar(followed), { folder, placeOf: (path) => path });
    expect((await lstat(inside('solid'))).isFile()).toBe(true);
  });
});
