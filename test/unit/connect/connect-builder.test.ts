import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectBuilder } from '../../../src/connect/connect-builder.ts';
import type { BuildNews } from '../../../src/engine/builder.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { buildRequestOf } from '../../fakes/build-request.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topsail-context-'));
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const warnings = (news: readonly BuildNews[]): readonly string[] =>
  news.flatMap((each) => (each.kind === 'warning' ? [each.text] : []));

test('an engine without BuildKit builds with the classic builder, and says so once', async () => {
  const engine = createMemoryEngine();
  const builder = connectBuilder(engine, { environment: {}, homeDirectory: '/nowhere' });
  const news: BuildNews[] = [];
  const request = buildRequestOf({ context: { kind: 'folder', path: folder }, labels: { a: 'b' } });
  const { id } = await builder.build(request, (each) => news.push(each));
  await builder.build(request, (each) => news.push(each));
  expect(warnings(news)).toEqual(['the engine has no BuildKit: the classic builder is used']);
  const image = await engine.images.inspect('app');
  expect(image.Id).toBe(id);
  expect(image.Config?.Labels).toMatchObject({ a: 'b', 'com.docker.compose.image.builder': 'classic' });
});

test('the classic builder takes a tar file for a context, if the Dockerfile is in it', async () => {
  const builder = connectBuilder(createMemoryEngine(), { environment: { DOCKER_BUILDKIT: '0' }, homeDirectory: '/' });
  const path = join(folder, 'context.tar');
  await writeFile(path, Buffer.alloc(1024));
  const request = buildRequestOf({ context: { kind: 'folder', path } });
  expect((await builder.build(request, () => undefined)).id).toMatch(/^sha256:/);
  for (const context of [request.context, { kind: 'remote', address: 'https://git.example/a.git' }] as const) {
    const refused = builder.build({ ...request, context, dockerfileText: 'FROM scratch' }, () => undefined);
    await expect(refused).rejects.toThrow(
      "the classic builder doesn't support a Dockerfile outside of a context that is",
    );
  }
});

test('the classic builder says what it leaves out', async () => {
  const builder = connectBuilder(createMemoryEngine(), { environment: { DOCKER_BUILDKIT: '0' }, homeDirectory: '/' });
  const news: BuildNews[] = [];
  const request = buildRequestOf({ context: { kind: 'folder', path: folder }, cacheTo: ['type=inline'], sbom: 'true' });
  await builder.build(request, (each) => news.push(each));
  expect(warnings(news)).toEqual([
    'the classic builder has no cache exports',
    'the classic builder has no attestations',
  ]);
});

test('DOCKER_BUILDKIT=0 chooses the classic builder, which refuses what only BuildKit does', async () => {
  const builder = connectBuilder(createMemoryEngine(), { environment: { DOCKER_BUILDKIT: '0' }, homeDirectory: '/' });
  const news: BuildNews[] = [];
  const request = buildRequestOf({ context: { kind: 'folder', path: folder } });
  await builder.build(request, (each) => news.push(each));
  expect(warnings(news)).toEqual([]);
  for (const wish of [
    { secrets: [{ id: 'a' }] },
    { agents: [{ id: 'a', paths: [] }] },
    { platforms: ['linux/amd64', 'linux/arm64'] },
    { contexts: [{ name: 'a', source: { kind: 'folder', path: folder } }] },
    { entitlements: ['security.insecure'] },
  ] as const) {
    const refused = builder.build({ ...request, ...wish }, () => undefined);
    await expect(refused).rejects.toThrow(
      /^the classic builder doesn't support .*, set DOCKER_BUILDKIT=1 to use BuildKit$/,
    );
  }
});
