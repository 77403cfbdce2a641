import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { type FolderCaches, openFolderCaches } from '../../../src/buildkit/folder-caches.ts';
import { putManifest } from '../../../src/buildkit/layout-index.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const manifest = Buffer.from('{}');
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

async function cacheFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  await writeFile(join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length)), manifest);
  await putManifest(folder, 'latest', { digest });
  return folder;
}

function opened(cacheFrom: readonly string[], cacheTo: readonly string[] = []): Promise<FolderCaches> {
  return openFolderCaches({ cacheFrom, cacheTo }, {}, 0);
}

test('a folder is served under a name that does not tell its path, with the digest of its tag', async () => {
  const folder = await cacheFolder();
  const { imports, stores, unread } = await opened(['app:cache', `type=local,src=${folder}`]);
  const [registry, local] = imports;
  expect(registry).toEqual({ type: 'registry', attributes: { ref: 'app:cache' } });
  expect(local).toMatchObject({ type: 'local', attributes: { digest } });
  const { src = '' } = local?.attributes ?? {};
  expect(src).toMatch(/^[0-9a-f]{32}$/);
  expect(stores.get(`local:${src}`)?.folder).toBe(folder);
  expect(unread).toEqual([]);
  const again = await opened([`type=local,src=${relative('.', folder)}`]);
  expect(again.imports[0]?.attributes['src']).toBe(src);
});

test('what holds no cache is left out, and said so', async () => {
  const folder = await cacheFolder();
  const empty = await temporaryFolder();
  const { imports, stores, unread } = await opened([
    `type=local,src=${empty}`,
    `type=local,src=${folder},tag=none`,
    `type=local,src=${folder},digest=sha256:../x`,
  ]);
  expect(imports).toEqual([]);
  expect(stores.size).toBe(0);
  expect(unread).toEqual([
    `no cache is read from ${empty}: it has no index.json`,
    `no cache is read from ${folder}: its index has no tag none`,
    `no cache is read from ${folder}: "sha256:../x" is no digest`,
  ]);
});

test('what the builder has exported gets its tag in every folder that holds it', async () => {
  const folder = await cacheFolder();
  const other = join(await temporaryFolder(), 'new');
  const caches = await opened([], [`type=local,dest=${folder},tag=main,mode=max`, `type=local,dest=${other}`]);
  expect(caches.exports[0]).toMatchObject({ type: 'local', attributes: { mode: 'max', tag: 'main' } });
  await caches.keep(JSON.stringify({ digest, size: 2, mediaType: 'application/json' }));
  expect(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))).toMatchObject({
    manifests: [{ digest }, { digest, size: 2, annotations: { 'org.opencontainers.image.ref.name': 'main' } }],
  });
  await expect(readFile(join(other, 'index.json'))).rejects.toThrow('ENOENT');
  await expect(caches.keep('{"digest":"sha256:../x"}')).rejects.toThrow('by no digest');
  await caches.close();
});

test('a folder that is read and written is one store that may be written', async () => {
  const folder = await cacheFolder();
  const { imports, exports, stores } = await opened([`type=local,src=${folder}`], [`type=local,dest=${folder}`]);
  expect(imports[0]?.attributes['src']).toBe(exports[0]?.attributes['dest']);
  expect(stores.size).toBe(1);
  const ingest = await [...stores.values()][0]?.begin('layer', 0);
  await ingest?.abort();
});

test('a cache without a folder, or in a place that cannot be one, is refused', async () => {
  await expect(opened(['type=local'])).rejects.toThrow('cache_from of type local requires src');
  await expect(opened([], ['type=local,mode=max'])).rejects.toThrow('cache_to of type local requires dest');
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(opened([], [`type=local,dest=${file}`])).rejects.toMatchObject({ kind: 'refused' });
});
