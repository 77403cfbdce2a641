import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callEngine, readEngine } from '../harness/engine-api.ts';
import { openBuildScenario, projectImages } from '../harness/project-images.ts';
import { writeImageAsLayout } from './image-as-layout.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-caches-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The builder forgets the steps with this mark, and no others. */
async function forget(mark: string): Promise<void> {
  const { BuildCache: records } = await readEngine<{
    readonly BuildCache: readonly { readonly ID: string; readonly Description: string }[];
  }>('/system/df?type=build-cache');
  for (const { ID } of records.filter(({ Description }) => Description.includes(mark))) {
    const filters = encodeURIComponent(JSON.stringify({ id: [ID] }));
    await callEngine('POST', `/build/prune?all=1&filters=${filters}`);
  }
}

/** The layers of the project's one image. */
async function layersOf(image: string): Promise<readonly string[]> {
  const { RootFS } = await readEngine<{ readonly RootFS: { readonly Layers: readonly string[] } }>(
    `/images/${image}/json`,
  );
  return RootFS.Layers;
}

test('a cache in a folder brings back what the builder has forgotten', async () => {
  const mark = `m${String(Date.now())}`;
  const cache = await temporaryFolder();
  const scenario = openBuildScenario(import.meta.dirname, { CACHE: cache, MARK: mark });
  const image = `${scenario.project}-web`;
  const first = await scenario.succeed('build');
  expect(first.stderr).toContain(`no cache is read from ${cache}: it has no index.json`);
  expect(first.stdout).toMatch(new RegExp(` made ${mark}$`, 'm'));
  const layers = await layersOf(image);
  await writeImageAsLayout(image, cache);
  for (const { Id } of await projectImages(scenario)) await callEngine('DELETE', `/images/${Id}?force=1`);
  await forget(mark);

  const again = await scenario.succeed('build');
  expect(again.stdout).not.toMatch(new RegExp(` made ${mark}$`, 'm'));
  expect(await layersOf(image)).toEqual(layers);
  expect(await readdir(cache)).toEqual(['blobs', 'index.json']);
});

test('a cache is written into a folder, which holds nothing else', async ({ skip }) => {
  const { Driver } = await readEngine<{ readonly Driver: string }>('/info');
  skip(Driver !== 'overlayfs', 'caches in folders are written by engines that keep their images in containerd');
  const mark = `m${String(Date.now())}`;
  const cache = join(await temporaryFolder(), 'new', 'cache');
  const scenario = openBuildScenario(import.meta.dirname, {
    CACHE: cache,
    CACHE_TO: `type=local,dest=${cache}`,
    MARK: mark,
  });
  await scenario.succeed('build');
  const layers = await layersOf(`${scenario.project}-web`);
  expect((await readdir(cache)).toSorted()).toEqual(['blobs', 'index.json', 'ingest', 'oci-layout']);
  expect(await readdir(join(cache, 'ingest'))).toEqual([]);
  expect(JSON.parse(await readFile(join(cache, 'index.json'), 'utf8'))).toMatchObject({
    manifests: [{ annotations: { 'org.opencontainers.image.ref.name': 'latest' } }],
  });
  for (const { Id } of await projectImages(scenario)) await callEngine('DELETE', `/images/${Id}?force=1`);
  await forget(mark);
  const again = await scenario.succeed('build');
  expect(again.stdout).not.toMatch(new RegExp(` made ${mark}$`, 'm'));
  expect(await layersOf(`${scenario.project}-web`)).toEqual(layers);
});

test('an image in a folder is a context, from which layers come', async ({ skip }) => {
  const layout = await temporaryFolder();
  const parent = openBuildScenario(import.meta.dirname, { CACHE: layout, MARK: `m${String(Date.now())}` });
  await parent.succeed('build');
  await writeImageAsLayout(`${parent.project}-web`, layout);
  const layers = await layersOf(`${parent.project}-web`);
  const child = openBuildScenario(import.meta.dirname, { COMPOSE_FILE: 'layout.yaml', LAYOUT: layout });
  const { exitCode, stderr } = await child.run('build');
  const { Driver } = await readEngine<{ readonly Driver: string }>('/info');
  if (Driver !== 'overlayfs') {
    expect(stderr).toContain('an OCI layout as a context is not supported by the image store of the engine');
    skip('OCI layouts are contexts for engines that keep their images in containerd');
  }
  expect(exitCode).toBe(0);
  expect((await layersOf(`${child.project}-web`)).slice(0, layers.length)).toEqual(layers);
});
