import { expect, test } from 'vitest';
import { down } from '../../../src/compose/down.ts';
import { ExecutionFailure } from '../../../src/compose/execution-failure.ts';
import { prepareUp } from '../../../src/compose/prepare-up.ts';
import { ps } from '../../../src/compose/ps.ts';
import { up } from '../../../src/compose/up.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import type { TopsailEvent } from '../../../src/events/event.ts';
import { laboratory } from './laboratory.ts';

const chain = `
services:
  web: {image: app, depends_on: [db]}
  db: {image: app, volumes: ['data:/data']}
volumes: {data: {}}
`;

test('up creates and starts, dependencies first, and a second up writes nothing', async () => {
  const { engine, ports, project } = laboratory();
  const result = await up(ports, await project(chain));
  expect(engine.control.writes().filter((write) => write.startsWith('containers.start'))).toEqual([
    'containers.start p-db-1',
    'containers.start p-web-1',
  ]);
  expect(result.execution.changed).toBe(true);
  expect(result.timeline.rows.map((row) => row.identity.node)).toContain('start container:web:1');

  engine.control.forgetCalls();
  const again = await up(ports, await project(chain));
  expect(engine.control.writes()).toEqual([]);
  expect(again.plan.nodes).toEqual([]);
});

test('a plan writes nothing', async () => {
  const { engine, ports, project } = laboratory();
  const { plan } = await prepareUp(ports, await project(chain));
  expect(plan.nodes.length).toBeGreaterThan(0);
  expect(engine.control.writes()).toEqual([]);
});

test('down works by name alone, and tells when there is nothing', async () => {
  const { ports, project } = laboratory();
  await up(ports, await project(chain));
  const byName = { name: 'p', project: undefined };
  await down(ports, byName, { volumes: true });
  expect(await ps(ports, byName, { all: true })).toEqual([]);

  const events: TopsailEvent[] = [];
  await down(ports, byName, { onEvent: (event) => events.push(event) });
  expect(events).toEqual([
    expect.objectContaining({ type: 'warning', text: 'No resource found to remove for project "p"' }),
  ]);
});

test('a dry run tells every step and writes nothing', async () => {
  const { engine, ports, project } = laboratory();
  const events: TopsailEvent[] = [];
  const { execution } = await up(ports, await project(chain), { dryRun: true, onEvent: (event) => events.push(event) });
  expect(engine.control.writes()).toEqual([]);
  expect(execution.changed).toBe(false);
  expect(events.flatMap((event) => (event.type === 'node-started' ? [event.node] : []))).toContain(
    'start container:web:1',
  );
});

test('down looks again: what another process adds meanwhile goes too', async () => {
  const { engine, ports, project } = laboratory();
  await up(ports, await project(chain));
  const { Config: config } = await engine.containers.inspect('p-db-1');
  const held = engine.control.hold('networks.remove');
  const going = down(ports, { name: 'p', project: undefined }, { volumes: true });
  await held.arrived();
  const labels = { ...config.Labels, 'com.docker.compose.container-number': '2' };
  await engine.containers.create({ name: 'p-db-2', body: { Image: 'app', Labels: labels } });
  held.release();
  await going;
  expect(await engine.containers.list({ all: true })).toEqual([]);
});

test('down does not try for ever what somebody else uses', async () => {
  const { engine, ports, project } = laboratory();
  await up(ports, await project(chain));
  engine.control.fail('volumes.remove', new EngineError('conflict', 'volume is in use', { statusCode: 409 }), 99);
  await down(ports, { name: 'p', project: undefined }, { volumes: true });
  expect(engine.control.writes().filter((write) => write.startsWith('volumes.remove'))).toHaveLength(1);
});

test('down that finds nothing of the file says what it leaves', async () => {
  const { ports, project } = laboratory();
  await up(ports, await project(chain));
  const reference = { name: 'p', project: await project('services: {other: {image: app}}') };
  const events: TopsailEvent[] = [];
  await down(ports, reference, { onEvent: (event) => events.push(event) });
  expect(events.flatMap((event) => (event.type === 'warning' ? [event.text] : []))).toEqual([
    'orphan containers stay (p-db-1, p-web-1); --remove-orphans removes them',
    'network p_default stays: Resource is still in use by p-db-1, p-web-1',
  ]);
});

test('down refuses a service the file does not have', async () => {
  const { ports, project } = laboratory();
  const reference = { name: 'p', project: await project(chain) };
  await expect(down(ports, reference, { services: ['wbe'] })).rejects.toThrow('no such service: wbe');
});

test('a scale for a service that the file does not have is refused with the nearest name', async () => {
  const { engine, ports, project } = laboratory();
  const refused = up(ports, await project(chain), { scale: new Map([['wbe', 2]]) });
  await expect(refused).rejects.toMatchObject({ code: 'no-such-service', details: ['did you mean web?'] });
  expect(engine.control.writes()).toEqual([]);
});

test('what fails on the engine is one error with the end of every step', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.fail((call) => call.name === 'containers.start', new EngineError('server', 'no more memory'));
  const failure = await up(ports, await project(chain)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ExecutionFailure);
  expect(failure).toMatchObject({ message: expect.stringContaining('"db"') });
  const outcomes = failure instanceof ExecutionFailure ? failure.result.outcomes : undefined;
  expect(outcomes).toMatchObject({ failed: 1, blocked: 1 });
  const rows = failure instanceof ExecutionFailure ? failure.timeline.rows : [];
  expect(rows.find(({ outcome }) => outcome === 'failed')?.identity.node).toBe('start container:db:1');
});

test('a project that asks for what would have to be ignored is refused before the engine is asked', async () => {
  const { engine, ports, project } = laboratory();
  const refused = up(
    ports,
    await project('services: {web: {image: busybox, secrets: [vault]}}\nsecrets: {vault: {external: true}}'),
  );
  await expect(refused).rejects.toMatchObject({ code: 'attribute-unsupported' });
  expect(engine.control.calls).toEqual([]);
});

test('an aborted up rejects with the reason of the signal', async () => {
  const { engine, ports, project } = laboratory();
  const controller = new AbortController();
  const held = engine.control.hold((call) => call.name === 'containers.start');
  const running = up(ports, await project(chain), { signal: controller.signal });
  await held.arrived(1);
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});
