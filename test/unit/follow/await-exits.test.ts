import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitExits } from '../../../src/follow/await-exits.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock, type ManualClock, settle } from '../../fakes/manual-clock.ts';
import { labelsOf, project } from '../../fakes/plan-nodes.ts';

let engine: MemoryEngine;
let clock: ManualClock;
let abort: AbortController;

beforeEach(() => {
  engine = createMemoryEngine({ images: ['busybox'] });
  clock = createManualClock();
  abort = new AbortController();
});

afterEach(async () => {
  abort.abort(new Error('the test has ended'));
  await settle();
  if (engine.control.openEventStreams > 0) throw new Error('an event stream was left open');
});

async function run(name: string): Promise<string> {
  const body = { Image: 'busybox', Labels: labelsOf(name), HostConfig: { RestartPolicy: { Name: 'always' } } };
  const { id } = await engine.containers.create({ name, body });
  await engine.containers.start(id);
  return id;
}

async function collect(services: readonly string[]): Promise<{ readonly told: string[]; readonly end: Promise<void> }> {
  const told: string[] = [];
  const consume = async (): Promise<void> => {
    const exits = awaitExits({ engine, clock }, { project, services }, abort.signal);
    for await (const { id, exitCode } of exits) told.push(`${id} ${exitCode}`);
  };
  const end = consume();
  end.catch(() => undefined);
  await settle();
  return { told, end };
}

test('each container is waited for until its first exit, in whatever order they come', async () => {
  const [one, two] = [await run('one'), await run('two')];
  await run('other');
  const { told, end } = await collect(['one', 'two']);
  engine.control.exit('other', 1);
  engine.control.exit('two', 2);
  engine.control.exit('two', 7);
  engine.control.exit('one', 0);
  await end;
  expect(told).toEqual([`${two} 2`, `${one} 0`]);
});

test('with none running it ends at once', async () => {
  const { told, end } = await collect(['one']);
  await end;
  expect(told).toEqual([]);
});

test('an exit while the engine could not be heard is not missed', async () => {
  const { id } = await engine.containers.create({ name: 'one', body: { Image: 'busybox', Labels: labelsOf('one') } });
  await engine.containers.start(id);
  const { told, end } = await collect(['one']);
  engine.control.loseEventStreams();
  engine.control.exit('one', 3);
  await clock.advance(1000);
  await end;
  expect(told).toEqual([`${id} 3`]);
});

test('aborted, it ends with the reason', async () => {
  await run('one');
  const { end } = await collect(['one']);
  abort.abort(new Error('enough'));
  await expect(end).rejects.toThrow('enough');
});
