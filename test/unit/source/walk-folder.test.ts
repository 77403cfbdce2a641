import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followLinks } from '../../../src/source/follow-links.ts';
import { type FolderFilter, walkFolder } from '../../../src/source/walk-folder.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'topsail-walk-'));
  for (const path of ['a/b/c.txt', 'a/b.txt', 'a-b/x', 'lib/keep/one.c', 'lib/keep/two.h', 'lib/drop.c', 'top.md']) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path);
  }
  await symlink('b.txt', join(root, 'a', 'link'));
  await symlink('../../lib', join(root, 'a', 'out'));
  await link(join(root, 'top.md'), join(root, 'twin.md'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

function paths(filter: Partial<FolderFilter> = {}): readonly string[] {
  return [...walkFolder(root, { include: [], exclude: [], ...filter })].map(({ path }) => path);
}

test('a directory comes before what it holds, names in the order of their bytes', () => {
  expect(paths()).toEqual([
    'a',
    'a/b',
    'a/b/c.txt',
    'a/b.txt',
    'a/link',
    'a/out',
    'a-b',
    'a-b/x',
    'lib',
    'lib/drop.c',
    'lib/keep',
    'lib/keep/one.c',
    'lib/keep/two.h',
    'top.md',
    'twin.md',
  ]);
});

test('what is left out does not appear, and what is taken back in brings its directories along once', () => {
  expect(paths({ exclude: ['a', 'lib', '!lib/keep/*.*', 'a-b'] })).toEqual([
    'lib',
    'lib/keep',
    'lib/keep/one.c',
    'lib/keep/two.h',
    'top.md',
    'twin.md',
  ]);
});

test('with patterns of what is wanted nothing else appears', () => {
  expect(paths({ include: ['lib/keep', 'a/*.txt'] })).toEqual([
    'a',
    'a/b.txt',
    'lib',
    'lib/keep',
    'lib/keep/one.c',
    'lib/keep/two.h',
  ]);
});

test('links have their text, a second name of a file names the first, and both have the size that the file system says', () => {
  const entries = new Map([...walkFolder(root, { include: [], exclude: [] })].map((entry) => [entry.path, entry]));
  expect(entries.get('a/link')).toMatchObject({ kind: 'link', target: 'b.txt', size: 5 });
  expect(entries.get('twin.md')).toMatchObject({ kind: 'file', target: 'top.md', size: 6 });
  expect(entries.get('top.md')).toMatchObject({ kind: 'file', target: undefined, size: 6 });
});

test('a name that is no text is told instead of left out', async ({ onTestFinished }) => {
  const odd = Buffer.concat([Buffer.from(join(root, 'lib', 'od')), Buffer.of(0xff)]);
  await writeFile(odd, 'odd');
  onTestFinished(() => rm(odd));
  expect(() => paths()).toThrow('the name of "lib/od\ufffd" is not UTF-8');
});

test('paths are followed through links, which never lead out of the folder', () => {
  expect(followLinks(root, ['a/link'])).toEqual(['a/b.txt', 'a/link']);
  expect(followLinks(root, ['a/out/keep'])).toEqual(['a/out', 'lib/keep']);
  expect(followLinks(root, ['a/l*', 'nothing'])).toEqual(['a/b.txt', 'a/link', 'nothing']);
  expect(followLinks(root, ['/'])).toBeUndefined();
});
