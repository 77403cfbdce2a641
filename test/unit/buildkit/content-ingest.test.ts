import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dropLeftIngests, openIngest } from '../../../src/buildkit/content-ingest.ts';
import { grpcStatus } from '../../../src/buildkit/grpc-error.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const text = Buffer.from('layer');
const hex = createHash('sha256').update(text).digest('hex');

test('a blob has a place only after its commit, where nobody may write it', async () => {
  const folder = await temporaryFolder();
  const ingest = await openIngest(folder, 'layer', 0, () => undefined);
  await ingest.write(text.subarray(0, 2));
  await ingest.write(text.subarray(2));
  expect(ingest.offset()).toBe(5);
  expect(await readdir(folder)).toEqual(['ingest']);
  expect(await ingest.commit(`sha256:${hex}`, 5)).toBe(`sha256:${hex}`);
  const place = join(folder, 'blobs', 'sha256', hex);
  expect(await readFile(place, 'utf8')).toBe('layer');
  expect((await stat(place)).mode & 0o222).toBe(0);
  expect(await readdir(join(folder, 'ingest'))).toEqual([]);
});

test.each([
  ['another digest', `sha256:${'0'.repeat(64)}`, 0],
  ['another size', '', 4],
])('a blob of %s than was said is dropped', async (_, expected, size) => {
  const folder = await temporaryFolder();
  let ends = 0;
  const ingest = await openIngest(folder, 'layer', 0, () => (ends += 1));
  await ingest.write(text);
  await expect(ingest.commit(expected, size)).rejects.toMatchObject({ code: grpcStatus.failedPrecondition });
  expect(await readdir(folder)).toEqual(['ingest']);
  expect(await readdir(join(folder, 'ingest'))).toEqual([]);
  await ingest.abort();
  expect(ends).toBe(1);
});

test('a write may start again, and nothing is left of one that is aborted', async () => {
  const folder = await temporaryFolder();
  const again = await openIngest(folder, 'one', 0, () => undefined);
  await again.write(Buffer.from('wrong'));
  await again.restart();
  await again.write(text);
  expect(await again.commit('', 0)).toBe(`sha256:${hex}`);
  const aborted = await openIngest(folder, 'two', 0, () => undefined);
  await aborted.write(text);
  await aborted.abort();
  await expect(aborted.write(text)).rejects.toMatchObject({ code: grpcStatus.canceled });
  expect(await readdir(join(folder, 'ingest'))).toEqual([]);
});

test('two writers of one blob do not disturb each other', async () => {
  const folder = await temporaryFolder();
  const [one, other] = await Promise.all([
    openIngest(folder, 'same', 0, () => undefined),
    openIngest(folder, 'same', 0, () => undefined),
  ]);
  await one.write(text);
  await other.write(text);
  expect(await Promise.all([one.commit('', 5), other.commit('', 5)])).toEqual([`sha256:${hex}`, `sha256:${hex}`]);
  expect(await readdir(join(folder, 'blobs', 'sha256'))).toEqual([hex]);
});

test('what a killed process has left is removed after an hour, and nothing of others', async () => {
  const folder = await temporaryFolder();
  const ingest = join(folder, 'ingest');
  await dropLeftIngests(folder, 0);
  await mkdir(join(ingest, 'of-containerd'), { recursive: true });
  const [old, fresh] = ['11111111-2222-3333-4444-555555555555', '66666666-2222-3333-4444-555555555555'];
  for (const [name, seconds] of [
    [old, 1000],
    [fresh, 1001],
    ['other', 1000],
  ] as const) {
    await writeFile(join(ingest, name), '');
    await utimes(join(ingest, name), seconds, seconds);
  }
  await dropLeftIngests(folder, (1000 + 3600) * 1000 + 1);
  expect(await readdir(ingest)).toEqual([fresh, 'of-containerd', 'other']);
});
