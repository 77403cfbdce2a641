import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type ContentStore, openContentStore } from '../../../src/buildkit/content-store.ts';
import { grpcStatus } from '../../../src/buildkit/grpc-error.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const content = Buffer.from('0123456789');
const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;

async function storeWithBlob(): Promise<ContentStore> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  await writeFile(join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length)), content);
  return openContentStore(folder, { writable: false });
}

async function textOf(store: ContentStore, offset: number, size: number): Promise<string> {
  let text = '';
  for await (const { bytes } of store.read(digest, offset, size)) text += String(bytes);
  return text;
}

test('a blob is read whole or in part', async () => {
  const store = await storeWithBlob();
  expect(await store.info(digest)).toMatchObject({ digest, size: 10 });
  expect(await textOf(store, 0, 0)).toBe('0123456789');
  expect(await textOf(store, 4, 3)).toBe('456');
  expect(await textOf(store, 8, 100)).toBe('89');
  expect(await textOf(store, 10, 0)).toBe('');
  await expect(textOf(store, 11, 0)).rejects.toMatchObject({ code: grpcStatus.outOfRange });
});

test('a pipe in the place of a blob is none', async () => {
  const store = await storeWithBlob();
  const other = `sha256:${'0'.repeat(64)}`;
  await promisify(execFile)('mkfifo', [join(store.folder, 'blobs', 'sha256', '0'.repeat(64))]);
  await expect(store.info(other)).rejects.toMatchObject({ code: grpcStatus.notFound });
  const pieces = store.read(other, 0, 0)[Symbol.asyncIterator]();
  await expect(pieces.next()).rejects.toMatchObject({ code: grpcStatus.notFound });
});

test('what is no digest never becomes a path', async () => {
  const store = await storeWithBlob();
  await writeFile(join(store.folder, 'secret'), 'secret');
  const outside = 'sha256:../../secret';
  await expect(store.info(outside)).rejects.toMatchObject({ code: grpcStatus.invalidArgument });
  expect(() => store.read(outside, 0, 0)).toThrow('is no digest');
  await expect(store.info(`sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: grpcStatus.notFound });
});

test('the list has blobs and nothing else', async () => {
  const store = await storeWithBlob();
  await writeFile(join(store.folder, 'blobs', 'sha256', 'README'), '');
  const listed: string[] = [];
  for await (const info of store.list()) listed.push(info.digest);
  expect(listed).toEqual([digest]);
  const nothing = openContentStore(join(store.folder, 'nowhere'), { writable: false });
  for await (const info of nothing.list()) listed.push(info.digest);
  expect(listed).toHaveLength(1);
});

test('a folder in the place of a blob is none', async () => {
  const store = await storeWithBlob();
  const hex = '1'.repeat(64);
  await symlink('/', join(store.folder, 'blobs', 'sha256', hex));
  await expect(store.info(`sha256:${hex}`)).rejects.toMatchObject({ code: grpcStatus.notFound });
});

test('nothing is written into a store to read from, and what is on its way goes with the store', async () => {
  const folder = await temporaryFolder();
  const readOnly = openContentStore(folder, { writable: false });
  await expect(readOnly.begin('layer', 0)).rejects.toMatchObject({ code: grpcStatus.permissionDenied });
  const store = openContentStore(folder, { writable: true });
  const ingest = await store.begin('layer', 0);
  await ingest.write(content);
  expect(store.ingests()).toEqual([ingest]);
  await store.close();
  expect(store.ingests()).toEqual([]);
  expect(await readdir(join(folder, 'ingest'))).toEqual([]);
});
