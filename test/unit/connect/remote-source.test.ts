import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRemoteSource } from '../../../src/connect/remote-source.ts';
import type { RemoteSource } from '../../../src/source/remote-source.ts';
import { canServeGit, startGitServer } from '../../fakes/git-server.ts';
import { startRegistryServer } from '../../fakes/registry-server.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'remote-source-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

function sourceWith(environment: Readonly<Record<string, string>> = {}): RemoteSource {
  return createRemoteSource({ environment: { PATH: process.env['PATH'], ...environment }, homeDirectory: home });
}

describe('createRemoteSource', () => {
  test('fetches from git into the cache, once for a reference', async (context) => {
    if (!(await canServeGit())) context.skip('there is no git with git-http-backend');
    await using server = await startGitServer();
    const commit = await server.commit({ 'compose.yaml': 'name: one\n' });
    const source = sourceWith();
    const path = await source.fetch(server.address);
    expect(path).toBe(join(home, '.cache/topsail/remote', commit, 'compose.yaml'));
    await server.commit({ 'compose.yaml': 'name: two\n' });
    expect(await source.fetch(server.address)).toBe(path);
    expect(await readFile(await sourceWith().fetch(server.address), 'utf8')).toBe('name: two\n');
  });

  test('fetches from registries', async () => {
    await using server = await startRegistryServer();
    const layer = { mediaType: 'application/vnd.docker.compose.file+yaml', ...server.putBlob('app', 'name: one\n') };
    server.putManifest(
      'app',
      { artifactType: 'application/vnd.docker.compose.project', layers: [layer] },
      { tag: 'v1' },
    );
    const path = await sourceWith({ XDG_CACHE_HOME: join(home, 'x') }).fetch(`oci://${server.host}/app:v1`);
    expect(path.startsWith(join(home, 'x/topsail/remote/'))).toBe(true);
    expect(await readFile(path, 'utf8')).toBe('name: one\n');
  });

  test.each([
    ['https://me:secret@h/x.git', 'COMPOSE_EXPERIMENTAL_GIT_REMOTE'],
    ['oci://h/x', 'COMPOSE_EXPERIMENTAL_OCI_REMOTE'],
  ])('%s can be switched off', async (reference, variable) => {
    const shown = reference.replace('secret', '***');
    await expect(sourceWith({ [variable]: 'false' }).fetch(reference)).rejects.toMatchObject({
      message: `cannot fetch ${shown}: remote files of this kind are disabled by ${variable}`,
      diagnostics: [{ code: 'remote-file-disabled', hint: `unset ${variable}` }],
    });
  });

  test('a reference that nothing can be made of is refused before anything runs', async () => {
    await expect(sourceWith({ PATH: '' }).fetch('https://h/compose.yaml')).rejects.toMatchObject({
      diagnostics: [{ code: 'remote-reference-invalid' }],
    });
  });

  test('a cache that cannot be written is told', async () => {
    await using server = await startRegistryServer();
    server.putManifest('app', {}, { tag: 'v1' });
    const source = sourceWith({ XDG_CACHE_HOME: '/dev/null/x' });
    await expect(source.fetch(`oci://${server.host}/app:v1`)).rejects.toMatchObject({
      diagnostics: [{ code: 'remote-fetch-failed', message: expect.stringContaining('/dev/null/x') as string }],
    });
  });
});
