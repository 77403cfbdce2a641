import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type PackedContext, packContext } from '../../../src/source/pack-context.ts';
import { readTar } from '../../../src/source/read-tar.ts';

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-pack-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

async function contentOf({ tar }: PackedContext): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const entry of readTar(tar)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.content) pieces.push(piece);
    if (!entry.path.endsWith('/')) found[entry.path] = Buffer.concat(pieces).toString();
  }
  return found;
}

test('what is left out stays out, but for the two files that the builder reads', async () => {
  const folder = await folderOf({
    '.dockerignore': 'Docker*\n.*\nlog\n',
    Dockerfile: 'FROM scratch',
    log: 'l',
    app: 'a',
  });
  const packed = await packContext(folder, { path: 'Dockerfile' });
  expect(packed.dockerfile).toBe('Dockerfile');
  expect(Object.keys(await contentOf(packed))).toEqual(['.dockerignore', 'Dockerfile', 'app']);
});

test('a Dockerfile that is no part of the context is packed under a name that the builder leaves out of it', async () => {
  const folder = await folderOf({ app: 'a' });
  const packed = await packContext(folder, { text: 'FROM scratch' });
  expect(packed.dockerfile).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/);
  expect(await contentOf(packed)).toEqual({
    app: 'a',
    [packed.dockerfile]: 'FROM scratch',
    '.dockerignore': `.dockerignore\n${packed.dockerfile}\n`,
  });
  // Another name would be another context, and no step would be found in the cache.
  expect((await packContext(folder, { text: 'FROM scratch' })).dockerfile).toBe(packed.dockerfile);
});

test('patterns of the folder count beside it', async () => {
  const folder = await folderOf({
    '.dockerignore': 'log',
    log: 'l',
    app: 'a',
    '../outside.Dockerfile': 'FROM scratch',
  });
  onTestFinished(() => rm(join(folder, '../outside.Dockerfile')));
  const packed = await packContext(folder, { path: '../outside.Dockerfile' });
  expect(await contentOf(packed)).toEqual({
    app: 'a',
    [packed.dockerfile]: 'FROM scratch',
    '.dockerignore': `log\n${packed.dockerfile}\n`,
  });
});
