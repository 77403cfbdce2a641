import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { createWaitRig, restarts, type WaitRig } from '../../fakes/wait-rig.ts';

const seconds = 1_000_000_000;
const check = { Test: ['CMD', 'check'], Interval: 30 * seconds, Retries: 3 };

let rig: WaitRig;

beforeEach(() => {
  rig = createWaitRig();
});
afterEach(() => rig.watches.close());

describe('our own execution of a health check', () => {
  it('ends when our own execution of the check succeeds before the engine has looked', async () => {
    const id = await rig.run({ Healthcheck: check });
    const wait = await rig.begin(id, 'healthy');
    await rig.clock.advance(200);
    expect(wait.word).toBeUndefined();
    rig.engine.control.onExec(() => ({ exitCode: 0 }));
    await rig.clock.advance(200);
    expect(wait.word).toBe('met');
  });

  it('is met at once when the first own check succeeds', async () => {
    rig.engine.control.onExec(() => ({ exitCode: 0 }));
    const wait = await rig.begin(await rig.run({ Healthcheck: check }), 'healthy');
    expect(wait.word).toBe('met');
  });

  it('never fails by our own probes, only by the engine’s word', async () => {
    const id = await rig.run({ Healthcheck: { ...check, Interval: seconds } });
    const wait = await rig.begin(id, 'healthy');
    await rig.clock.advance(60_000);
    expect(wait.word).toBeUndefined();
    rig.engine.control.setHealth('shop-db-1', 'unhealthy', 'refused');
    await settle();
    expect(wait.word).toBe('unhealthy');
  });

  it('executes the check as the container declares it, with the shell of the image', async () => {
    const commands: (readonly string[])[] = [];
    rig.engine.control.onExec((_, { Cmd: words }) => ({ exitCode: commands.push(words) > 0 ? 0 : 1 }));
    rig.engine.control.putImage({ reference: 'bash', config: { Shell: ['/bin/bash', '-ec'] } }, 'engine');
    await rig.begin(await rig.run({ Healthcheck: { Test: ['CMD', 'pg_isready', '-q'] } }, 'one'), 'healthy');
    await rig.begin(await rig.run({ Healthcheck: { Test: ['CMD-SHELL', 'test -f /ok'] } }, 'two'), 'healthy');
    await rig.begin(
      await rig.run({ Image: 'bash', Healthcheck: { Test: ['CMD-SHELL', 'test -f /ok'] } }, 'three'),
      'healthy',
    );
    expect(commands).toEqual([
      ['pg_isready', '-q'],
      ['/bin/sh', '-c', 'test -f /ok'],
      ['/bin/bash', '-ec', 'test -f /ok'],
    ]);
  });

  it('runs one probe at a time on a container, also for two waits, and ends it with the last wait', async () => {
    let running = 0;
    let most = 0;
    rig.engine.control.onExec(
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
    const id = await rig.run({ Healthcheck: check });
    const [one, other] = [await rig.begin(id, 'healthy'), await rig.begin(id, 'running-or-healthy')];
    await rig.clock.advance(1000);
    expect(running).toBe(1);
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect([one.word, other.word]).toEqual(['met', 'met']);
    expect(running).toBe(0);
    expect(most).toBe(1);
  });

  it('starts no further probe when one hangs beyond its timeout', async () => {
    let probes = 0;
    rig.engine.control.onExec(() => {
      probes += 1;
      return new Promise(() => undefined);
    });
    await rig.begin(await rig.run({ Healthcheck: { ...check, Timeout: seconds } }), 'healthy');
    await rig.clock.advance(60_000);
    expect(probes).toBe(1);
  });

  it('lets checks that hang keep no place from those of other containers', async () => {
    const probed: string[] = [];
    rig.engine.control.onExec(({ name }) => {
      probed.push(name);
      return new Promise(() => undefined);
    });
    const services = Array.from({ length: 8 }, (_, at) => `s${at}`);
    for (const service of services) await rig.begin(await rig.run({ Healthcheck: check }, service), 'healthy');
    expect(probed).toHaveLength(3);
    await rig.clock.advance(2000);
    expect(probed).toEqual(services.map((service) => `shop-${service}-1`));
  });

  it('probes the new start after a restart, not the old one', async () => {
    const starts: string[] = [];
    rig.engine.control.onExec(async ({ id }) => {
      starts.push((await rig.engine.containers.inspect(id)).State.StartedAt);
      return { exitCode: 1 };
    });
    await rig.begin(await rig.run({ Healthcheck: check, ...restarts('always') }), 'healthy');
    await rig.clock.advance(100);
    rig.engine.control.exit('shop-db-1', 1);
    await rig.clock.advance(1000);
    expect(new Set(starts).size).toBe(2);
    expect(starts.toSorted()).toEqual(starts);
  });

  it('goes on checking after the connection broke in the middle of a check', async () => {
    let probes = 0;
    rig.engine.control.onExec(() => {
      probes += 1;
      return { exitCode: 1 };
    });
    const wait = await rig.begin(await rig.run({ Healthcheck: check }), 'healthy');
    rig.engine.control.fail('containers.exec shop-db-1', new EngineError('connection-lost', 'socket hang up'));
    await rig.clock.advance(100);
    const before = probes;
    rig.engine.control.loseEventStreams();
    rig.engine.control.onExec(() => ({ exitCode: 0 }));
    await rig.clock.advance(100);
    expect(before).toBe(1);
    expect(wait.word).toBe('met');
  });

  it('lets our own checks count by the same rules where the engine runs none', async () => {
    rig = createWaitRig('podman');
    const id = await rig.run({ Healthcheck: { ...check, Interval: seconds, StartPeriod: 5 * seconds } });
    const wait = await rig.begin(id, 'healthy');
    await rig.clock.advance(6500);
    expect(wait.word).toBeUndefined();
    await rig.clock.advance(3000);
    expect(wait.word).toBe('unhealthy');
  });

  it('leaves the verdict to a Podman that does run the checks', async () => {
    rig = createWaitRig('podman');
    const id = await rig.run({ Healthcheck: { ...check, Interval: seconds } });
    const wait = await rig.begin(id, 'healthy');
    await rig.clock.advance(500);
    rig.engine.control.setHealth('shop-db-1', 'healthy');
    await settle();
    expect(wait.word).toBe('met');
  });
});
