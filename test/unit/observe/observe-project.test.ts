import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/engine/clock.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { observeByLabels, observeProject } from '../../../src/observe/observe-project.ts';
import { containerRequest } from '../../../src/state/container-request.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import type { DesiredState } from '../../../src/state/desired-state.ts';
import { projectOf, type ServiceSketch } from '../state/project-of.ts';

const clock: Clock = { now: () => 1_700_000_000_000, sleep: () => Promise.reject(new Error('nothing sleeps here')) };

function desire(services: Readonly<Record<string, ServiceSketch>>, volumes = {}): DesiredState {
  return desiredState(projectOf({ services, volumes }), { toolVersion: '0.1.0' });
}

/** Puts everything the desired state names on the engine, started. */
async function bringUp(engine: MemoryEngine, desired: DesiredState): Promise<void> {
  for (const network of desired.networks) await engine.networks.create(network.request);
  for (const volume of desired.volumes) await engine.volumes.create(volume.request);
  for (const service of desired.services) {
    const image = await engine.images.inspect(service.image);
    const { name, body } = containerRequest(service, 1, { apiVersion: '1.51', imageDigest: image.Id });
    const { id } = await engine.containers.create({ name, body });
    await engine.containers.start(id);
  }
}

describe('observeProject', () => {
  test('costs one list of each kind and one inspect per image while nothing differs', async () => {
    const engine = createMemoryEngine({ images: ['busybox', 'redis:7'] });
    const desired = desire({ web: {}, api: {}, cache: { image: 'redis:7' } }, { data: {} });
    await bringUp(engine, desired);
    engine.control.forgetCalls();
    const observed = await observeProject(engine, desired, clock);
    expect(engine.control.reads().toSorted()).toEqual([
      'containers.list',
      'images.inspect busybox',
      'images.inspect redis:7',
      'networks.list',
      'volumes.list',
    ]);
    expect(engine.control.writes()).toEqual([]);
    expect(observed.containers.map(({ name, status, inspect }) => [name, status, inspect])).toEqual([
      ['shop-cache-1', 'running', undefined],
      ['shop-api-1', 'running', undefined],
      ['shop-web-1', 'running', undefined],
    ]);
    expect(observed.observedAt).toBe(1_700_000_000_000);
  });

  test('looks closer at containers whose configuration or image differs, and at their image once', async () => {
    const engine = createMemoryEngine({ images: ['busybox', 'redis:7', 'redis:6'] });
    await bringUp(engine, desire({ web: {}, api: {}, cache: { image: 'redis:6' } }));
    const desired = desire({ web: { environment: { A: '1' } }, api: {}, cache: { image: 'redis:7' } });
    engine.control.forgetCalls();
    const observed = await observeProject(engine, desired, clock);
    const inspected = observed.containers.filter(({ inspect }) => inspect !== undefined);
    expect(inspected.map(({ service, image }) => [service, image?.RepoTags])).toEqual([
      ['cache', ['redis:6']],
      ['web', ['busybox:latest']],
    ]);
    expect(engine.control.reads().filter((call) => call.startsWith('images.inspect'))).toHaveLength(3);
  });

  test('leaves an absent image out and throws any other error', async () => {
    const engine = createMemoryEngine();
    const desired = desire({ web: {} });
    expect((await observeProject(engine, desired, clock)).images.size).toBe(0);
    engine.control.die();
    await expect(observeProject(engine, desired, clock)).rejects.toMatchObject({ name: 'TopsailError' });
  });

  test('keeps resources of the project and those with a wanted name, and nothing else', async () => {
    const engine = createMemoryEngine({ images: ['busybox'] });
    const desired = desire({ web: {} }, { data: {} });
    await engine.networks.create({ Name: 'shop_default' });
    await engine.networks.create({ Name: 'old', Labels: { 'com.docker.compose.project': 'shop' } });
    await engine.networks.create({ Name: 'other' });
    await engine.volumes.create({ Name: 'shop_data' });
    await engine.volumes.create({ Name: 'foreign', Labels: { 'com.docker.compose.project': 'foreign' } });
    const labels = { 'com.docker.compose.project': 'shop' };
    await engine.containers.create({ name: 'without-hash', body: { Image: 'busybox', Labels: labels } });
    const observed = await observeProject(engine, desired, clock);
    expect(observed.networks.map(({ Name }) => Name).toSorted()).toEqual(['old', 'shop_default']);
    expect(observed.volumes.map(({ Name }) => Name)).toEqual(['shop_data']);
    expect(observed.containers).toEqual([]);
  });

  test('reads state, health and exit code from the words of the list', async () => {
    const engine = createMemoryEngine({ images: ['busybox'] });
    const healthcheck = { test: ['CMD', 'true'] };
    await bringUp(engine, desire({ well: { healthcheck }, new: { healthcheck }, ill: { healthcheck }, job: {} }));
    engine.control.setHealth('shop-well-1', 'healthy');
    engine.control.setHealth('shop-ill-1', 'unhealthy');
    engine.control.exit('shop-job-1', 3);
    const observed = await observeByLabels(engine, 'shop', clock);
    expect(
      observed.containers.map(({ service, status, health, exitCode }) => [service, status, health, exitCode]),
    ).toEqual([
      ['job', 'exited', 'none', 3],
      ['ill', 'running', 'unhealthy', undefined],
      ['new', 'running', 'starting', undefined],
      ['well', 'running', 'healthy', undefined],
    ]);
  });
});

test('observeByLabels needs no file and three calls', async () => {
  const engine = createMemoryEngine({ images: ['busybox'] });
  await bringUp(engine, desire({ web: {} }, { data: {} }));
  engine.control.forgetCalls();
  const observed = await observeByLabels(engine, 'shop', clock);
  expect(engine.control.reads().toSorted()).toEqual(['containers.list', 'networks.list', 'volumes.list']);
  expect(observed.containers).toMatchObject([
    { name: 'shop-web-1', service: 'web', number: 1, oneOff: false, configHash: expect.any(String) },
  ]);
  expect(observed.networks.map(({ Name }) => Name)).toEqual(['shop_default']);
  expect(observed.volumes.map(({ Name }) => Name)).toEqual(['shop_data']);
});
