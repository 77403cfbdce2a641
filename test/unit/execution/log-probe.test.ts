import { expect, test } from 'vitest';
import type { ContainerInspect } from '../../../src/engine/container.ts';
import { awaitLogLine } from '../../../src/execution/log-probe.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { createWaitRig } from '../../fakes/wait-rig.ts';

const signal = new AbortController().signal;
const probe = { pattern: '^listening$' };

function startedAt(inspect: ContainerInspect, time: number): ContainerInspect {
  return { ...inspect, State: { ...inspect.State, StartedAt: new Date(time).toISOString() } };
}

test('a line that is older than the start the engine has noted counts', async () => {
  const rig = createWaitRig();
  const id = await rig.run();
  rig.engine.control.write('shop-db-1', 'listening\n');
  const inspect = startedAt(await rig.engine.containers.inspect(id), rig.clock.now() + 50);
  let ready = false;
  awaitLogLine(rig.engine, inspect, probe, signal).then((found) => (ready = found), expect.fail);
  await settle();
  expect(ready).toBe(true);
});

test('a line of the run before does not count', async () => {
  const rig = createWaitRig();
  const id = await rig.run();
  rig.engine.control.write('shop-db-1', 'listening\n');
  await rig.clock.advance(1000);
  rig.engine.control.exit('shop-db-1', 0);
  await rig.clock.advance(1000);
  await rig.engine.containers.start(id);
  const waiting = awaitLogLine(rig.engine, await rig.engine.containers.inspect(id), probe, signal);
  await settle();
  rig.engine.control.exit('shop-db-1', 0);
  expect(await waiting).toBe(false);
});
