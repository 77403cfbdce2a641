import { expect, test } from 'vitest';
import { holdLease } from '../../../src/instances/lease-keeper.ts';
import { leaseTime, listLeases } from '../../../src/instances/lease-store.ts';
import { watchOwner } from '../../../src/instances/watch-owner.ts';
import { noWatcher, openRig, type Rig } from './rig.ts';

/** A pipe whose other end is closed by the test. */
function openPipe() {
  const waiting: ((words: string | undefined) => void)[] = [];
  const said: (string | undefined)[] = [];
  const say = (words: string | undefined): void => {
    const next = waiting.shift();
    if (next === undefined) said.push(words);
    else next(words);
  };
  async function* words(): AsyncGenerator<string, void> {
    for (;;) {
      const next =
        said.length > 0 ? said.shift() : await new Promise<string | undefined>((resolve) => waiting.push(resolve));
      if (next === undefined) return;
      yield next;
    }
  }
  return { words: words(), say, end: () => say(undefined) };
}

interface Watched {
  readonly connects?: string[];
  readonly sweeps?: boolean;
}

async function watch(
  rig: Rig,
  pid: number,
  words: AsyncIterable<string>,
  { connects = [], sweeps = false }: Watched = {},
): Promise<void> {
  const { clock, processes } = rig.process(99);
  const connect = () => {
    connects.push('connect');
    return Promise.resolve(rig.engine);
  };
  await watchOwner({
    words,
    owner: await rig.process(pid).processes.self(),
    connect,
    clock: patient(clock),
    processes,
    sweeps,
  });
}

/** Renewals wait for ever unless a test lets them happen. */
function patient(clock: Rig['clock']): Rig['clock'] {
  return {
    ...clock,
    sleep: (milliseconds, signal) =>
      milliseconds < leaseTime / 3
        ? clock.sleep(milliseconds, signal)
        : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('over')))),
  };
}

test('what an owner held is gone after it was killed, and others keep theirs', async () => {
  const rig = openRig();
  const pipe = openPipe();
  await holdLease(rig.process(1), noWatcher, 'a');
  await holdLease(rig.process(2), noWatcher, 'b');
  await rig.fill('a');
  await rig.fill('b');
  const watching = watch(rig, 1, pipe.words);
  pipe.say('+');
  rig.kill(1);
  pipe.end();
  await watching;
  expect(await rig.held()).toEqual(['b-net', 'b-vol', 'b-web-1', 'lease']);
});

test('an owner that gave everything up leaves nothing to look for', async () => {
  const rig = openRig();
  const pipe = openPipe();
  const connects: string[] = [];
  const watching = watch(rig, 1, pipe.words, { connects });
  pipe.say('+');
  pipe.say('+--');
  pipe.end();
  await watching;
  expect(connects).toEqual([]);
});

test('an owner that lives on after the pipe is waited for', async () => {
  const rig = openRig();
  const pipe = openPipe();
  await holdLease(rig.process(1), noWatcher, 'a');
  await rig.fill('a');
  let ended = false;
  pipe.say('+');
  pipe.end();
  const watching = watch(rig, 1, pipe.words).then(() => {
    ended = true;
  });
  for (let turn = 0; turn < 500; turn += 1) await Promise.resolve();
  expect(ended).toBe(false);
  expect(await listLeases(rig.engine)).toHaveLength(1);
  rig.kill(1);
  await watching;
  expect(await rig.held()).toEqual([]);
});

test('what others left that were killed is gone after a run, however short', async () => {
  const rig = openRig();
  const pipe = openPipe();
  await holdLease(rig.process(2), noWatcher, 'b');
  await rig.fill('b');
  rig.kill(2);
  const watching = watch(rig, 1, pipe.words, { sweeps: true });
  pipe.say('+-');
  pipe.end();
  await watching;
  expect(await rig.held()).toEqual([]);
});

test('what others left that were killed is gone while a run goes on', async () => {
  const rig = openRig();
  const pipe = openPipe();
  await holdLease(rig.process(1), noWatcher, 'a');
  await rig.fill('a');
  await holdLease(rig.process(2), noWatcher, 'b');
  await rig.fill('b');
  rig.kill(2);
  const connects: string[] = [];
  const watching = watch(rig, 1, pipe.words, { sweeps: true, connects });
  pipe.say('+');
  for (let turn = 0; turn < 5000; turn += 1) await Promise.resolve();
  expect(await rig.held()).toEqual(['a-net', 'a-vol', 'a-web-1', 'lease']);
  pipe.say('-');
  pipe.end();
  await watching;
  expect(connects).toHaveLength(1);
});
