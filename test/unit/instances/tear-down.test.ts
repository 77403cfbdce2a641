import { expect, test } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { tearDown } from '../../../src/instances/tear-down.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

test('what others use stays, and does not keep the teardown from ending', async () => {
  const engine = createMemoryEngine({ images: ['busybox'] });
  const clock = createManualClock();
  const Labels = { 'com.docker.compose.project': 'shop-a1', 'com.docker.compose.volume': 'data' };
  await engine.volumes.create({ Name: 'shop-a1_data', Labels });
  await engine.volumes.create({ Name: 'shop-a1_free', Labels: { ...Labels, 'com.docker.compose.volume': 'free' } });
  const Mounts = [{ Type: 'volume', Source: 'shop-a1_data', Target: '/data' }] as const;
  await engine.containers.create({ name: 'stranger', body: { Image: 'busybox', HostConfig: { Mounts } } });
  const ending = tearDown({ engine, clock }, 'shop-a1', { quiet: 1000 });
  await clock.advance(10_000);
  expect(await ending).toBe(1);
  expect((await engine.volumes.list({})).map(({ Name }) => Name)).toEqual(['shop-a1_data']);
});

test('waits for its turn at an engine that still makes what a killed process asked for', async () => {
  const engine = createMemoryEngine();
  const clock = createManualClock();
  const queue = engine.control.hold('networks.create', 'before');
  const Labels = { 'com.docker.compose.project': 'shop-a1', 'com.docker.compose.network': 'back' };
  const asked = engine.networks.create({ Name: 'shop-a1_back', Labels });
  const ending = tearDown({ engine, clock }, 'shop-a1', { quiet: 1000 });
  await clock.advance(10_000);
  expect(queue.waiting).toHaveLength(2);
  queue.releaseOne();
  await asked;
  queue.release();
  expect(await ending).toBe(1);
  expect(engine.control.writes().map((write) => write.replace(/-turn-.*/, '-turn'))).toEqual([
    'networks.create shop-a1_back',
    'networks.create topsail-turn',
    'networks.remove topsail-turn',
    'networks.remove shop-a1_back',
  ]);
});

test('ends what it can on an engine that makes no networks', async () => {
  const engine = createMemoryEngine();
  const clock = createManualClock();
  await engine.volumes.create({ Name: 'data', Labels: { 'com.docker.compose.project': 'shop-a1' } });
  engine.control.fail('networks.create', new EngineError('bad-request', 'fully subnetted'));
  const ending = tearDown({ engine, clock }, 'shop-a1', { quiet: 1000 });
  await clock.advance(10_000);
  expect(await ending).toBe(1);
  expect(await engine.volumes.list({})).toEqual([]);
});
