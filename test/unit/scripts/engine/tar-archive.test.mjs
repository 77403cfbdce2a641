import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packTar } from '../../../../scripts/engine/tar-archive.mjs';

const run = promisify(execFile);

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'topsail-tar-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function unpack(entries) {
  const archive = join(root, 'archive.tar');
  await writeFile(archive, packTar(entries));
  await run('tar', ['-xf', archive, '-C', root]);
}

test('tar unpacks folders, links, texts and files with their modes', async () => {
  await writeFile(join(root, 'original'), 'x'.repeat(1000));
  await unpack([
    { path: 'bin', folder: true },
    { path: 'tmp', folder: true, mode: 0o1777 },
    { path: 'bin/sh', link: 'busybox' },
    { path: 'etc-passwd', text: 'root:x:0:0::/root:/bin/sh\n' },
    { path: 'bin/busybox', file: join(root, 'original'), mode: 0o755 },
  ]);
  expect(await readlink(join(root, 'bin/sh'))).toBe('busybox');
  expect(await readFile(join(root, 'etc-passwd'), 'utf8')).toBe('root:x:0:0::/root:/bin/sh\n');
  expect(await readFile(join(root, 'bin/busybox'), 'utf8')).toBe('x'.repeat(1000));
  expect((await stat(join(root, 'bin/busybox'))).mode & 0o777).toBe(0o755);
});

test('a path of more than 100 bytes is split', async () => {
  const path = `${'folder/'.repeat(20)}name`;
  await unpack([{ path, text: 'deep' }]);
  expect(await readFile(join(root, path), 'utf8')).toBe('deep');
});

test('a name that no header can hold is refused', async () => {
  await expect(unpack([{ path: 'n'.repeat(200), text: '' }])).rejects.toThrow('is too long for a tar header');
});
