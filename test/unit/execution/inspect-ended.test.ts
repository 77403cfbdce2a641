import { expect, test } from 'vitest';
import { inspectEnded } from '../../../src/execution/inspect-ended.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

async function ended(exitCode: number, memory: number, toldAfter: number) {
  const engine = createMemoryEngine({ images: ['busybox'] });
  const clock = createManualClock();
  const { id } = await engine.containers.create({
    name: 'web',
    body: { Image: 'busybox', HostConfig: { Memory: memory } },
  });
  await engine.containers.start(id);
  engine.control.exit('web', exitCode);
  let asked = 0;
  const inspect: typeof engine.containers.inspect = async (...words) => {
    const found = await engine.containers.inspect(...words);
    asked += 1;
    return { ...found, State: { ...found.State, OOMKilled: asked > toldAfter } };
  };
  const reading = inspectEnded({ engine: { ...engine, containers: { ...engine.containers, inspect } }, clock }, id);
  await clock.advance(5000);
  return { outOfMemory: (await reading).State.OOMKilled, asked: asked };
}

test('a kill under a memory limit is asked about again until the engine knows why', async () => {
  expect(await ended(137, 16, 2)).toEqual({ outOfMemory: true, asked: 3 });
});

test('a kill that was not for memory is believed in the end', async () => {
  expect(await ended(137, 16, 100)).toEqual({ outOfMemory: false, asked: 4 });
});

test('nobody waits for other ends, and for kills without a limit', async () => {
  expect(await ended(1, 16, 100)).toEqual({ outOfMemory: false, asked: 1 });
  expect(await ended(137, 0, 100)).toEqual({ outOfMemory: false, asked: 1 });
});
