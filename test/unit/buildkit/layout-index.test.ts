import { execFile } from 'node:child_process';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findManifest, putManifest } from '../../../src/buildkit/layout-index.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;
const refName = 'org.opencontainers.image.ref.name';
const imageName = 'io.containerd.image.name';

async function folderWith(index: unknown): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'index.json'), typeof index === 'string' ? index : JSON.stringify(index));
  return folder;
}

test('a manifest is found by its name before its tag', async () => {
  const folder = await folderWith({
    manifests: [
      { digest: digestOf('1'), annotations: { [refName]: 'latest' } },
      { digest: digestOf('2'), annotations: { [imageName]: 'latest', [refName]: 'other' } },
      { digest: digestOf('3'), annotations: { [refName]: 'main' } },
      { digest: digestOf('4') },
    ],
  });
  expect(await findManifest(folder, 'latest')).toBe(digestOf('2'));
  expect(await findManifest(folder, 'main')).toBe(digestOf('3'));
  expect(await findManifest(folder, 'none', { only: true })).toBeUndefined();
});

test('an index that is a pipe, or longer than any index is, is not read', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'index.json');
  await promisify(execFile)('mkfifo', [path]);
  await expect(findManifest(folder, 'latest')).rejects.toThrow('index.json is no file');
  await rm(path);
  await writeFile(path, '');
  await truncate(path, 16 * 1024 * 1024 + 1);
  await expect(findManifest(folder, 'latest')).rejects.toThrow('index.json has 16777217 bytes');
});

test('an only manifest needs no tag where that is enough', async () => {
  const folder = await folderWith({ manifests: [{ digest: digestOf('1') }] });
  expect(await findManifest(folder, 'latest', { only: true })).toBe(digestOf('1'));
  expect(await findManifest(folder, 'latest')).toBeUndefined();
});

test.each(['null', '[]', '{"manifests":{}}', '{"manifests":[null,1,{"digest":"sha256:../../x"},{"digest":1}]}'])(
  'an index of %s has no manifests',
  async (text) => {
    expect(await findManifest(await folderWith(text), 'latest', { only: true })).toBeUndefined();
  },
);

test('a folder without an index, or with one that is no JSON, is an error', async () => {
  await expect(findManifest(await temporaryFolder(), 'latest')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(findManifest(await folderWith('{'), 'latest')).rejects.toThrow('JSON');
});

test('a tag moves to the new manifest, and whatever else the index has stays', async () => {
  const folder = await folderWith({
    schemaVersion: 2,
    annotations: { kept: 'yes' },
    manifests: [
      { digest: digestOf('1'), annotations: { [refName]: 'latest' } },
      { digest: digestOf('2'), size: 7, annotations: { [refName]: 'main' } },
    ],
  });
  await putManifest(folder, 'latest', { digest: digestOf('3') });
  expect(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))).toEqual({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    annotations: { kept: 'yes' },
    manifests: [
      { digest: digestOf('2'), size: 7, annotations: { [refName]: 'main' } },
      { digest: digestOf('3'), annotations: { [refName]: 'latest' } },
    ],
  });
});

test('many writers of one folder lose no tag, and leave whole files', async () => {
  const folder = join(await temporaryFolder(), 'new');
  const tags = ['1', '2', '3', '4', '5', '6', '7', '8'];
  await Promise.all(tags.map((tag) => putManifest(folder, tag, { digest: digestOf(tag) })));
  for (const tag of tags) expect(await findManifest(folder, tag)).toBe(digestOf(tag));
  expect(await readdir(folder)).toEqual(['index.json', 'oci-layout']);
  expect(JSON.parse(await readFile(join(folder, 'oci-layout'), 'utf8'))).toEqual({ imageLayoutVersion: '1.0.0' });
});

test('an index that cannot be read is not written over', async () => {
  const folder = await folderWith('{');
  await expect(putManifest(folder, 'latest', { digest: digestOf('1') })).rejects.toThrow('JSON');
  expect(await readFile(join(folder, 'index.json'), 'utf8')).toBe('{');
  await putManifest(await temporaryFolder(), 'latest', { digest: digestOf('1') });
});
