import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerCreateRequest } from '../../../src/engine/container.ts';
import { awaitCondition } from '../../../src/execution/await-condition.ts';
import { type ContainerWatches, createContainerWatches } from '../../../src/execution/container-watches.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import type { WaitCondition } from '../../../src/plan/operation.ts';
import { createManualClock, type ManualClock, settle } from '../../fakes/manual-clock.ts';
import { labelsOf, project } from '../../fakes/plan-nodes.ts';

const seconds = 1_000_000_000;
const check = { Test: ['CMD', 'check'], Interval: 30 * seconds, Retries: 3 };

let clock: ManualClock;
let engine: MemoryEngine;
let watches: ContainerWatches;
let abort: AbortController;

function world(product: 'docker' | 'podman' = 'docker'): void {
  clock = createManualClock();
  engine = createMemoryEngine({ images: ['busybox'], now: () => clock.now(), product });
  abort = new AbortController();
  watches = createContainerWatches({ engine, clock }, project, abort.signal);
  engine.control.onExec(() => ({ exitCode: 1 }));
}

beforeEach(() => world());
afterEach(() => watches.close());

async function run(body: Partial<ContainerCreateRequest> = {}, service = 'db'): Promise<string> {
  const { id } = await engine.containers.create({
    name: `shop-${service}-1`,
    body: { Image: 'busybox', Labels: labelsOf(service), ...body },
  });
  await engine.containers.start(id);
  engine.control.forgetCalls();
  return id;
}

/** Begins a wait; `word` is `met`, the fault, or undefined while it goes on. */
async function begin(id: string, condition: WaitCondition): Promise<{ readonly word: string | undefined }> {
  const state: { word: string | undefined } = { word: undefined };
  void awaitCondition({ watches, clock }, id, condition, abort.signal).then(
    ({ verdict }) => (state.word = verdict.kind === 'met' ? 'met' : verdict.fault),
    (error: unknown) => (state.word = String(error)),
  );
  await settle();
  return state;
}

const restarts = (name: string, limit = 0): Partial<ContainerCreateRequest> => ({
  HostConfig: { RestartPolicy: { Name: name, MaximumRetryCount: limit } },
});

describe('a wait for healthy', () => {
  it('ends at the word of the engine', async () => {
    const id = await run({ Healthcheck: check });
    const wait = await begin(id, 'healthy');
    expect(wait.word).toBeUndefined();
    engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('ends when our own execution of the check succeeds before the engine has looked', async () => {
    const id = await run({ Healthcheck: check });
    const wait = await begin(id, 'healthy');
    await clock.advance(200);
    expect(wait.word).toBeUndefined();
    engine.control.onExec(() => ({ exitCode: 0 }));
    await clock.advance(200);
    expect(wait.word).toBe('met');
  });

  it('is met at once when the first own check succeeds', async () => {
    engine.control.onExec(() => ({ exitCode: 0 }));
    const wait = await begin(await run({ Healthcheck: check }), 'healthy');
    expect(wait.word).toBe('met');
  });

  it('inspects once and polls nothing', async () => {
    const id = await run({ Healthcheck: check });
    const wait = await begin(id, 'healthy');
    await clock.advance(20_000);
    expect(engine.control.reads()).toEqual(['events', 'containers.inspect shop-db-1']);
    engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('does not believe a health left from before the current start', async () => {
    const id = await run({ Healthcheck: check });
    engine.control.setHealth('shop-db-1', 'healthy');
    await clock.advance(1000);
    await engine.containers.restart(id);
    const wait = await begin(id, 'healthy');
    expect(wait.word).toBeUndefined();
    engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('never fails by our own probes, only by the engine’s word', async () => {
    const id = await run({ Healthcheck: { ...check, Interval: seconds } });
    const wait = await begin(id, 'healthy');
    await clock.advance(60_000);
    expect(wait.word).toBeUndefined();
    engine.control.setHealth('shop-db-1', 'unhealthy', 'refused');
    await settle();
    expect(wait.word).toBe('unhealthy');
  });

  it('fails for a container without a check', async () => {
    expect((await begin(await run(), 'healthy')).word).toBe('no-healthcheck');
  });

  it('fails when the container ends', async () => {
    const wait = await begin(await run({ Healthcheck: check }), 'healthy');
    engine.control.exit('shop-db-1', 1);
    await settle();
    expect(wait.word).toBe('exited');
  });

  it('fails when the container is removed', async () => {
    const id = await run({ Healthcheck: check });
    const wait = await begin(id, 'healthy');
    await engine.containers.remove(id, { force: true });
    await settle();
    expect(wait.word).toMatch(/exited|removed/);
  });

  it('fails at the third restart of a crash loop', async () => {
    const wait = await begin(await run({ Healthcheck: check, ...restarts('always') }), 'healthy');
    for (const expected of [undefined, undefined, 'crash-loop']) {
      engine.control.exit('shop-db-1', 1);
      await settle();
      expect(wait.word).toBe(expected);
    }
  });

  it('executes the check as the container declares it, with the shell of the image', async () => {
    const commands: (readonly string[])[] = [];
    engine.control.onExec((_, { Cmd: words }) => ({ exitCode: commands.push(words) > 0 ? 0 : 1 }));
    engine.control.putImage({ reference: 'bash', config: { Shell: ['/bin/bash', '-ec'] } }, 'engine');
    await begin(await run({ Healthcheck: { Test: ['CMD', 'pg_isready', '-q'] } }, 'one'), 'healthy');
    await begin(await run({ Healthcheck: { Test: ['CMD-SHELL', 'test -f /ok'] } }, 'two'), 'healthy');
    await begin(await run({ Image: 'bash', Healthcheck: { Test: ['CMD-SHELL', 'test -f /ok'] } }, 'three'), 'healthy');
    expect(commands).toEqual([
      ['pg_isready', '-q'],
      ['/bin/sh', '-c', 'test -f /ok'],
      ['/bin/bash', '-ec', 'test -f /ok'],
    ]);
  });

  it('runs one probe at a time on a container, also for two waits, and ends it with the last wait', async () => {
    let running = 0;
    let most = 0;
    engine.control.onExec(
      (_, __, signal) =>
        new Promise((resolve) => {
          running += 1;
          most = Math.max(most, running);
          signal.addEventListener('abort', () => {
            running -= 1;
            resolve({ exitCode: 137 });
          });
        }),
    );
    const id = await run({ Healthcheck: check });
    const [one, other] = [await begin(id, 'healthy'), await begin(id, 'running-or-healthy')];
    await clock.advance(1000);
    expect(running).toBe(1);
    engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect([one.word, other.word]).toEqual(['met', 'met']);
    expect(running).toBe(0);
    expect(most).toBe(1);
  });

  it('starts no further probe when one hangs beyond its timeout', async () => {
    let probes = 0;
    engine.control.onExec(() => {
      probes += 1;
      return new Promise(() => undefined);
    });
    await begin(await run({ Healthcheck: { ...check, Timeout: seconds } }), 'healthy');
    await clock.advance(60_000);
    expect(probes).toBe(1);
  });

  it('probes the new start after a restart, not the old one', async () => {
    const starts: string[] = [];
    engine.control.onExec(async ({ id }) => {
      starts.push((await engine.containers.inspect(id)).State.StartedAt);
      return { exitCode: 1 };
    });
    await begin(await run({ Healthcheck: check, ...restarts('always') }), 'healthy');
    await clock.advance(100);
    engine.control.exit('shop-db-1', 1);
    await clock.advance(1000);
    expect(new Set(starts).size).toBe(2);
    expect(starts.toSorted()).toEqual(starts);
  });

  it('looks again when the event stream was lost', async () => {
    const id = await run({ Healthcheck: check });
    const wait = await begin(id, 'healthy');
    const reopened = engine.control.hold('events');
    engine.control.loseEventStreams();
    await clock.advance(0);
    engine.control.setHealth('shop-db-1', 'healthy');
    expect(wait.word).toBeUndefined();
    reopened.release();
    await settle();
    expect(wait.word).toBe('met');
  });

  it('lets our own checks count by the same rules where the engine runs none', async () => {
    world('podman');
    const id = await run({ Healthcheck: { ...check, Interval: seconds, StartPeriod: 5 * seconds } });
    const wait = await begin(id, 'healthy');
    await clock.advance(6500);
    expect(wait.word).toBeUndefined();
    await clock.advance(3000);
    expect(wait.word).toBe('unhealthy');
  });

  it('leaves the verdict to a Podman that does run the checks', async () => {
    world('podman');
    const id = await run({ Healthcheck: { ...check, Interval: seconds } });
    const wait = await begin(id, 'healthy');
    await clock.advance(500);
    engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });
});

describe('a wait for running', () => {
  it('is met when the container has held for half a second', async () => {
    const wait = await begin(await run(), 'running');
    await clock.advance(499);
    expect(wait.word).toBeUndefined();
    await clock.advance(1);
    expect(wait.word).toBe('met');
  });

  it('is met at once by a container that has run for long', async () => {
    const id = await run();
    await clock.advance(60_000);
    expect((await begin(id, 'running')).word).toBe('met');
  });

  it('does not take the pause between two crashes for running', async () => {
    const wait = await begin(await run(restarts('always')), 'running');
    await clock.advance(300);
    engine.control.exit('shop-db-1', 1);
    await clock.advance(9000);
    expect(wait.word).toBeUndefined();
    await clock.advance(1000);
    expect(wait.word).toBe('met');
  });

  it('fails for a container that ends, even well', async () => {
    const wait = await begin(await run(), 'running');
    engine.control.exit('shop-db-1', 0);
    await settle();
    expect(wait.word).toBe('exited');
  });
});

describe('a wait for running or healthy', () => {
  it('waits for the health of a container that has a check', async () => {
    const wait = await begin(await run({ Healthcheck: check }), 'running-or-healthy');
    await clock.advance(5000);
    expect(wait.word).toBeUndefined();
    engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('counts a disabled check as none', async () => {
    const wait = await begin(await run({ Healthcheck: { Test: ['NONE'] } }), 'running-or-healthy');
    await clock.advance(500);
    expect(wait.word).toBe('met');
  });

  it('takes a one-shot that exits 0 for a success and one that exits 3 for a failure', async () => {
    const good = await begin(await run({}, 'good'), 'running-or-healthy');
    const bad = await begin(await run({}, 'bad'), 'running-or-healthy');
    engine.control.exit('shop-good-1', 0);
    engine.control.exit('shop-bad-1', 3);
    await settle();
    expect([good.word, bad.word]).toEqual(['met', 'exited']);
  });
});

describe('a wait for completion', () => {
  it('is met by exit 0 and fails with any other code', async () => {
    const good = await begin(await run({}, 'good'), 'completed');
    const bad = await begin(await run({}, 'bad'), 'completed');
    await clock.advance(60_000);
    expect(good.word).toBeUndefined();
    engine.control.exit('shop-good-1', 0);
    engine.control.exit('shop-bad-1', 3);
    await settle();
    expect([good.word, bad.word]).toEqual(['met', 'job-failed']);
  });

  it('is met by a job that had ended before it was looked at', async () => {
    const id = await run();
    engine.control.exit('shop-db-1', 0);
    expect((await begin(id, 'completed')).word).toBe('met');
  });

  it('lets the engine use up a limited number of retries', async () => {
    const wait = await begin(await run(restarts('on-failure', 4)), 'completed');
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      engine.control.exit('shop-db-1', 1);
      await settle();
      expect(wait.word).toBeUndefined();
    }
    engine.control.exit('shop-db-1', 1);
    await settle();
    expect(wait.word).toBe('job-failed');
  });

  it('is met by a retry that succeeds', async () => {
    const wait = await begin(await run(restarts('on-failure')), 'completed');
    engine.control.exit('shop-db-1', 1);
    await settle();
    engine.control.exit('shop-db-1', 0);
    await settle();
    expect(wait.word).toBe('met');
  });

  it('counts exit 0 of a container that is always started again', async () => {
    const wait = await begin(await run(restarts('always')), 'completed');
    await clock.advance(10);
    engine.control.exit('shop-db-1', 0);
    await settle();
    expect(wait.word).toBe('met');
  });
});
