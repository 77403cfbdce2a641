import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerCreateRequest } from '../../../../src/engine/container.ts';
import type { WaitCondition } from '../../../../src/plan/operation.ts';
import { createHandlerRig, errorText, type HandlerRig } from '../../../fakes/handler-rig.ts';
import { create, start, wait } from '../../../fakes/plan-nodes.ts';

let rig: HandlerRig;

beforeEach(() => {
  rig = createHandlerRig();
  rig.engine.control.onExec(() => ({ exitCode: 1, stdout: 'no answer yet\n' }));
});

const check: Partial<ContainerCreateRequest> = { Healthcheck: { Test: ['CMD', 'check'] } };

/** Starts `db`, does something to it, and gives what the wait of `web` for it came to. */
async function failure(
  condition: WaitCondition,
  body: Partial<ContainerCreateRequest>,
  meanwhile: () => void,
  waitTimeout?: number,
): Promise<readonly string[]> {
  rig.engine.control.onStart(({ name }) => {
    if (name === 'shop-db-1') meanwhile();
  });
  const nodes = [
    create('db', [], body),
    start('db'),
    wait('db', condition),
    create('web'),
    start('web', [`wait ${condition} container:db:1`]),
  ];
  const result = await rig.execute(nodes, waitTimeout === undefined ? {} : { waitTimeout });
  const node = result.nodes.get(`wait ${condition} container:db:1`);
  return node === undefined ? [] : errorText(node);
}

describe('wait-container', () => {
  it('adds the words of Docker Compose where somebody depends on it', async () => {
    rig.engine.control.onStart(() => rig.engine.control.exit('shop-db-1', 3));
    const waiting = wait('db', 'healthy');
    if (waiting.operation.kind !== 'wait-container') throw new Error('that is no wait');
    const operation = { ...waiting.operation, dependents: ['web'] };
    const result = await rig.execute([create('db', [], check), start('db'), { ...waiting, operation }]);
    const node = result.nodes.get(waiting.id);
    expect(node === undefined ? [] : errorText(node).slice(1, 3)).toEqual([
      'service "db" failed: container shop-db-1 exited (3)',
      'dependency failed to start: container shop-db-1 exited (3)',
    ]);
  });

  it('says what it waits for', async () => {
    await failure('healthy', check, () => rig.engine.control.setHealth('shop-db-1', 'healthy'));
    expect(rig.events.flatMap((event) => (event.type === 'node-progress' ? [event.text] : []))).toEqual([
      'waiting for db to be healthy',
    ]);
  });

  it('tells exit code, signal and last log lines of a container that exited, and what is blocked', async () => {
    const lines = await failure('healthy', check, () => {
      for (let line = 1; line <= 25; line += 1) rig.engine.control.write('shop-db-1', `line ${line}\n`);
      rig.engine.control.exit('shop-db-1', 139);
    });
    expect(lines.slice(0, 4)).toEqual([
      'container-exited',
      'service "db" failed: container shop-db-1 exited (139) (SIGSEGV)',
      'last log lines of shop-db-1:',
      '  line 6',
    ]);
    expect(lines.slice(-2)).toEqual(['  line 25', 'blocked: web']);
  });

  it('tells the output of the last check of an unhealthy container', async () => {
    expect(
      await failure('healthy', check, () =>
        rig.engine.control.setHealth('shop-db-1', 'unhealthy', 'no route\nto host\n'),
      ),
    ).toEqual([
      'dependency-unhealthy',
      'service "db" failed: container shop-db-1 is unhealthy',
      'last health check (exit 1):',
      '  no route',
      '  to host',
      'blocked: web',
    ]);
  });

  it('tells that memory ran out, and the limit', async () => {
    const body = { ...check, HostConfig: { Memory: 64 * 1024 * 1024 } };
    const end = (): void => rig.engine.control.exit('shop-db-1', 137, { outOfMemory: true });
    expect(await failure('healthy', body, end)).toEqual([
      'out-of-memory',
      'service "db" ran out of memory: container shop-db-1 was killed at its limit of 64M (exit 137)',
      'blocked: web',
    ]);
  });

  it('tells of a job that failed in the words of Docker Compose', async () => {
    expect(await failure('completed', {}, () => rig.engine.control.exit('shop-db-1', 127))).toEqual([
      'job-failed',
      `service "db" didn't complete successfully: exit 127 (command not found)`,
      'container shop-db-1',
      'blocked: web',
    ]);
  });

  it('tells of a missing health check', async () => {
    expect(await failure('healthy', {}, () => undefined)).toEqual([
      'no-healthcheck',
      'service "db" failed: container shop-db-1 has no healthcheck configured',
      'declare one under healthcheck, or depend on it with condition: service_started',
      'blocked: web',
    ]);
  });

  it('tells of a crash loop with the number of restarts', async () => {
    let starts = 0;
    const crash = (): void => {
      starts += 1;
      if (starts <= 4) setImmediate(() => rig.engine.control.exit('shop-db-1', 1));
    };
    const body = { HostConfig: { RestartPolicy: { Name: 'always' } } };
    expect(await failure('running', body, crash)).toEqual([
      'crash-loop',
      'service "db" keeps crashing: container shop-db-1 exited (1) and was restarted 3 times',
      'blocked: web',
    ]);
  });

  it('gives up after the timeout and says how things stand', async () => {
    expect(await failure('healthy', check, () => rig.engine.control.write('shop-db-1', 'starting\n'), 5000)).toEqual([
      'wait-timeout',
      'service "db" timed out: container shop-db-1 did not get healthy within 5.0 s',
      'it is running and its health is starting',
      'last health check (exit 1):',
      '  no answer yet',
      'last log lines of shop-db-1:',
      '  starting',
      'blocked: web',
    ]);
    expect(rig.engine.control.openEventStreams).toBe(0);
  });

  it('goes on with a warning when the wait is optional', async () => {
    rig.engine.control.onStart(({ name }) => {
      if (name === 'shop-cache-1') rig.engine.control.exit(name, 1);
    });
    const nodes = [
      create('cache', [], check),
      start('cache'),
      wait('cache', 'healthy', { required: false }),
      create('web'),
      start('web', ['wait healthy container:cache:1']),
    ];
    const result = await rig.execute(nodes);
    expect(result.nodes.get('wait healthy container:cache:1')?.outcome).toBe('skipped');
    expect(result.nodes.get('start container:web:1')?.outcome).toBe('done');
    expect(rig.warnings()).toEqual(['optional dependency "cache" failed to start: container shop-cache-1 exited (1)']);
  });
});
