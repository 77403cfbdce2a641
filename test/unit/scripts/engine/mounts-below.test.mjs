import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mountsBelow } from '../../../../scripts/engine/mounts-below.mjs';

let root = '';

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'topsail-mounts-')));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function table(...points) {
  const file = join(root, 'mountinfo');
  const lines = points.map((point) => `36 35 98:0 / ${point.replaceAll(' ', '\\040')} rw - ext4 /dev/sda rw\n`);
  await writeFile(file, lines.join(''));
  return file;
}

test('mounts below a folder are found, the innermost first, and none beside it', async () => {
  const folder = join(root, 'engine');
  await mkdir(folder);
  const file = await table('/', folder, `${folder}/data`, `${folder}/data/volumes/v`, `${folder}-two/data`);
  expect(await mountsBelow(folder, file)).toEqual([`${folder}/data/volumes/v`, `${folder}/data`]);
});

test('a folder behind a symbolic link or with a space in its name hides no mount', async () => {
  const folder = join(root, 'real home');
  await mkdir(folder);
  await symlink(folder, join(root, 'home'));
  const file = await table(`${folder}/data`);
  expect(await mountsBelow(join(root, 'home'), file)).toEqual([`${folder}/data`]);
});
