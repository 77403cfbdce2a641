import { expect, test } from 'vitest';
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
