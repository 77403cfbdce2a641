import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../fakes/manual-clock.ts';
import { createWaitRig, restarts, type WaitRig } from '../../fakes/wait-rig.ts';

const seconds = 1_000_000_000;
const check = { Test: ['CMD', 'check'], Interval: 30 * seconds, Retries: 3 };

let rig: WaitRig;

beforeEach(() => {
  rig = createWaitRig();
});
afterEach(() => rig.watches.close());

describe('a wait for what the engine confirms', () => {
  const quick = { ...check, Interval: 2 * seconds };

  it('goes on after our own check until the engine says so too, where it checks often', async () => {
    rig.engine.control.onExec(() => ({ exitCode: 0 }));
    const wait = await rig.begin(await rig.run({ Healthcheck: quick }), 'confirmed');
    await rig.clock.advance(1000);
    expect(wait.word).toBeUndefined();
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('ends with our own check where the engine checks seldom, and as soon as it runs without any', async () => {
    rig.engine.control.onExec(() => ({ exitCode: 0 }));
    const wait = await rig.begin(await rig.run({ Healthcheck: check }), 'confirmed');
    await rig.clock.advance(1000);
    expect(wait.word).toBe('met');
  });
});

describe('a wait for healthy', () => {
  it('ends at the word of the engine', async () => {
    const id = await rig.run({ Healthcheck: check });
    const wait = await rig.begin(id, 'healthy');
    expect(wait.word).toBeUndefined();
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('inspects once and polls nothing', async () => {
    const id = await rig.run({ Healthcheck: check });
    const wait = await rig.begin(id, 'healthy');
    await rig.clock.advance(20_000);
    expect(rig.engine.control.reads()).toEqual(['events', 'containers.inspect shop-db-1']);
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('does not believe a health left from before the current start', async () => {
    const id = await rig.run({ Healthcheck: check });
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await rig.clock.advance(1000);
    await rig.engine.containers.restart(id);
    const wait = await rig.begin(id, 'healthy');
    expect(wait.word).toBeUndefined();
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('fails for a container without a check', async () => {
    expect((await rig.begin(await rig.run(), 'healthy')).word).toBe('no-healthcheck');
  });

  it('fails when the container ends', async () => {
    const wait = await rig.begin(await rig.run({ Healthcheck: check }), 'healthy');
    rig.engine.control.exit('shop-db-1', 1);
    await settle();
    expect(wait.word).toBe('exited');
  });

  it('fails when the container is removed', async () => {
    const id = await rig.run({ Healthcheck: check });
    const wait = await rig.begin(id, 'healthy');
    await rig.engine.containers.remove(id, { force: true });
    await settle();
    expect(wait.word).toMatch(/exited|removed/);
  });

  it('fails at the third restart of a crash loop', async () => {
    const wait = await rig.begin(await rig.run({ Healthcheck: check, ...restarts('always') }), 'healthy');
    for (const expected of [undefined, undefined, 'crash-loop']) {
      rig.engine.control.exit('shop-db-1', 1);
      await settle();
      expect(wait.word).toBe(expected);
    }
  });

  it('looks again when the event stream was lost', async () => {
    const id = await rig.run({ Healthcheck: check });
    const wait = await rig.begin(id, 'healthy');
    const reopened = rig.engine.control.hold('events');
    rig.engine.control.loseEventStreams();
    await rig.clock.advance(0);
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    expect(wait.word).toBeUndefined();
    reopened.release();
    await settle();
    expect(wait.word).toBe('met');
  });
});

describe('a wait for running', () => {
  it('is met when the container has held for half a second', async () => {
    const wait = await rig.begin(await rig.run(), 'running');
    await rig.clock.advance(499);
    expect(wait.word).toBeUndefined();
    await rig.clock.advance(1);
    expect(wait.word).toBe('met');
  });

  it('looks once more before it believes that a container has held, for news may be late', async () => {
    const wait = await rig.begin(await rig.run(), 'running');
    rig.engine.control.hold('events');
    rig.engine.control.loseEventStreams();
    rig.engine.control.exit('shop-db-1', 1);
    await rig.clock.advance(500);
    expect(wait.word).toBe('exited');
  });

  it('is met at once by a container that has run for long', async () => {
    const id = await rig.run();
    await rig.clock.advance(60_000);
    expect((await rig.begin(id, 'running')).word).toBe('met');
  });

  it('does not take the pause between two crashes for running', async () => {
    const wait = await rig.begin(await rig.run(restarts('always')), 'running');
    await rig.clock.advance(300);
    rig.engine.control.exit('shop-db-1', 1);
    await rig.clock.advance(9000);
    expect(wait.word).toBeUndefined();
    await rig.clock.advance(1000);
    expect(wait.word).toBe('met');
  });

  it('does not count the time in which the engine keeps back how a container is that has crashed', async () => {
    const wait = await rig.begin(await rig.run(restarts('always')), 'running');
    await rig.clock.advance(300);
    const inspects = rig.engine.control.hold('containers.inspect');
    rig.engine.control.exit('shop-db-1', 1);
    await rig.clock.advance(600);
    expect(wait.word).toBeUndefined();
    inspects.release();
    await rig.clock.advance(9000);
    expect(wait.word).toBeUndefined();
  });

  it('fails for a container that ends, even well', async () => {
    const wait = await rig.begin(await rig.run(), 'running');
    rig.engine.control.exit('shop-db-1', 0);
    await settle();
    expect(wait.word).toBe('exited');
  });
});

describe('a wait for running or healthy', () => {
  it('waits for the health of a container that has a check', async () => {
    const wait = await rig.begin(await rig.run({ Healthcheck: check }), 'running-or-healthy');
    await rig.clock.advance(5000);
    expect(wait.word).toBeUndefined();
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });

  it('counts a disabled check as none', async () => {
    const wait = await rig.begin(await rig.run({ Healthcheck: { Test: ['NONE'] } }), 'running-or-healthy');
    await rig.clock.advance(500);
    expect(wait.word).toBe('met');
  });

  it('takes a one-shot that exits 0 for a success and one that exits 3 for a failure', async () => {
    const good = await rig.begin(await rig.run({}, 'good'), 'running-or-healthy');
    const bad = await rig.begin(await rig.run({}, 'bad'), 'running-or-healthy');
    rig.engine.control.exit('shop-good-1', 0);
    rig.engine.control.exit('shop-bad-1', 3);
    await settle();
    expect([good.word, bad.word]).toEqual(['met', 'exited']);
  });
});

describe('a wait for completion', () => {
  it('is met by exit 0 and fails with any other code', async () => {
    const good = await rig.begin(await rig.run({}, 'good'), 'completed');
    const bad = await rig.begin(await rig.run({}, 'bad'), 'completed');
    await rig.clock.advance(60_000);
    expect(good.word).toBeUndefined();
    rig.engine.control.exit('shop-good-1', 0);
    rig.engine.control.exit('shop-bad-1', 3);
    await settle();
    expect([good.word, bad.word]).toEqual(['met', 'job-failed']);
  });

  it('is met by a job that had ended before it was looked at', async () => {
    const id = await rig.run();
    rig.engine.control.exit('shop-db-1', 0);
    expect((await rig.begin(id, 'completed')).word).toBe('met');
  });

  it('lets the engine use up a limited number of retries', async () => {
    const wait = await rig.begin(await rig.run(restarts('on-failure', 4)), 'completed');
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      rig.engine.control.exit('shop-db-1', 1);
      await settle();
      expect(wait.word).toBeUndefined();
    }
    rig.engine.control.exit('shop-db-1', 1);
    await settle();
    expect(wait.word).toBe('job-failed');
  });

  it('is met by a retry that succeeds', async () => {
    const wait = await rig.begin(await rig.run(restarts('on-failure')), 'completed');
    rig.engine.control.exit('shop-db-1', 1);
    await settle();
    rig.engine.control.exit('shop-db-1', 0);
    await settle();
    expect(wait.word).toBe('met');
  });

  it('counts exit 0 of a container that is always started again', async () => {
    const wait = await rig.begin(await rig.run(restarts('always')), 'completed');
    await rig.clock.advance(10);
    rig.engine.control.exit('shop-db-1', 0);
    await settle();
    expect(wait.word).toBe('met');
  });
});
