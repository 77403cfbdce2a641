import { expect, test } from 'vitest';
import { type AttachedUpOptions, attachedUp } from '../../../src/compose/attached-up.ts';
import { up } from '../../../src/compose/up.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import { laboratory } from './laboratory.ts';

const two = `
services:
  web: {image: app, depends_on: [db]}
  db: {image: app}
`;

/** Runs an attached up that writes down what it is told. */
function recorder(more: Partial<AttachedUpOptions> = {}) {
  const heard: string[] = [];
  const controller = new AbortController();
  const options: AttachedUpOptions = {
    signal: controller.signal,
    shown: ['web', 'db'],
    onAttach: (names) => heard.push(`attach ${names.join(' ')}`),
    onLine: (line) => {
      heard.push(`${line.source.container}: ${line.text}`);
      return undefined;
    },
    onExit: (exit) => heard.push(`${exit.source.container} exited ${String(exit.exitCode)}`),
    onStopping: () => heard.push('stopping'),
    ...more,
  };
  return { heard, controller, options };
}

test('it attaches before the first start, shows every line, and ends when all have exited', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) => {
    engine.control.write(name, `hello from ${name}\n`);
    engine.control.exit(name, 0);
  });
  const { heard, options } = recorder();
  const result = await attachedUp(ports, await project(two), options);
  expect(result).toEqual({ ended: 'all-exited', exitCode: 0 });
  expect(heard[0]).toBe('attach db-1 web-1');
  expect(heard.slice(1).toSorted()).toEqual([
    'p-db-1 exited 0',
    'p-db-1: hello from p-db-1',
    'p-web-1 exited 0',
    'p-web-1: hello from p-web-1',
  ]);
});

test('a container that ends by itself with another code than 0 is a failure that names it', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) => engine.control.exit(name, name === 'p-web-1' ? 3 : 0));
  await expect(attachedUp(ports, await project(two), recorder().options)).rejects.toThrow(
    'service "web" failed: container p-web-1 exited (3)',
  );
});

test('a container whose restarts are used up is a failure', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) => engine.control.exit(name, 3));
  const text = 'services: {web: {image: app, restart: "on-failure:1"}}';
  await expect(attachedUp(ports, await project(text), recorder().options)).rejects.toThrow(
    'service "web" failed: container p-web-1 exited (3)',
  );
});

test('a container that the kernel killed for its memory is a failure that says so', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) =>
    engine.control.exit(name, name === 'p-web-1' ? 137 : 0, { outOfMemory: name === 'p-web-1' }),
  );
  const limited = 'services: {web: {image: app, mem_limit: 16m}, db: {image: app}}';
  await expect(attachedUp(ports, await project(limited), recorder().options)).rejects.toThrow(
    'service "web" ran out of memory: container p-web-1 was killed at its limit of 16M (exit 137)',
  );
});

test('a container with a limit that was killed by nobody known may have run out of memory', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) => engine.control.exit(name, 137));
  const limited = 'services: {web: {image: app, mem_limit: 16m}}';
  await expect(attachedUp(ports, await project(limited), recorder().options)).rejects.toThrow(
    'service "web" may have run out of memory: container p-web-1, limited to 16M, was killed (exit 137)',
  );
});

test('a container that was stopped from outside is no failure', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) => void engine.containers.stop(name));
  expect(await attachedUp(ports, await project(two), recorder().options)).toEqual({ ended: 'all-exited', exitCode: 0 });
});

test('the signal stops what was started, dependents first', async () => {
  const { engine, ports, project } = laboratory();
  const { heard, controller, options } = recorder({ onUp: () => controller.abort(new Error('Ctrl-C')) });
  const result = await attachedUp(ports, await project(two), options);
  expect(result.ended).toBe('interrupted');
  expect(heard).toContain('stopping');
  expect(engine.control.writes().filter((write) => write.startsWith('containers.stop'))).toEqual([
    expect.stringContaining('p-web-1'),
    expect.stringContaining('p-db-1'),
  ]);
});

test('the grace period for replaced containers also holds for the stop at the end', async () => {
  const { engine, ports, project } = laboratory();
  const periods: unknown[] = [];
  const stop: typeof engine.containers.stop = (id, query, call) => {
    periods.push(query?.timeoutSeconds);
    return engine.containers.stop(id, query, call);
  };
  const watched = { ...ports, engine: { ...engine, containers: { ...engine.containers, stop } } };
  const { controller, options } = recorder({
    stopTimeoutSeconds: 3,
    onUp: () => controller.abort(new Error('Ctrl-C')),
  });
  await attachedUp(watched, await project(two), options);
  expect(periods).toEqual([3, 3]);
});

test('with abortOn exit the first exit stops the rest and gives its code', async () => {
  const { engine, ports, project } = laboratory();
  const { options } = recorder({ abortOn: 'exit', onUp: () => engine.control.exit('p-web-1', 7) });
  expect(await attachedUp(ports, await project(two), options)).toEqual({ ended: 'aborted-on-exit', exitCode: 7 });
  expect(engine.control.writes().some((write) => /^containers\.stop .*p-db-1/.test(write))).toBe(true);
});

test('the exits of what it stops are told however late the engine tells of them', async () => {
  const { engine, ports, project } = laboratory();
  // A second and less is over at once: what is given no more time than that comes too late.
  const clock: Clock = {
    now: ports.clock.now,
    sleep: (milliseconds, signal) => ports.clock.sleep(milliseconds > 1000 ? milliseconds : 0, signal),
  };
  const { heard, options } = recorder({
    abortOn: 'exit',
    onUp: () => engine.control.exit('p-web-1', 7),
    onStopping: () => {
      const held = engine.control.hold((call) => call.name === 'containers.inspect' && stopped());
      held.arrived().then(
        () => setTimeout(() => held.release(), 20),
        () => {},
      );
    },
  });
  const stopped = (): boolean => engine.control.writes().some((write) => write.startsWith('containers.stop'));
  await attachedUp({ ...ports, clock }, await project(two), options);
  expect(heard).toEqual(['attach db-1 web-1', 'p-web-1 exited 7', 'p-db-1 exited 0']);
});

test('exitCodeFrom gives the code of its service, also when that one was stopped', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.setStopExitCode('p-db-1', 143);
  const { options } = recorder({ abortOn: 'exit', exitCodeFrom: 'db', onUp: () => engine.control.exit('p-web-1', 7) });
  expect((await attachedUp(ports, await project(two), options)).exitCode).toBe(143);
});

test('exits of services that are not shown are not told', async () => {
  const { engine, ports, project } = laboratory();
  engine.control.onStart(({ name }) => engine.control.exit(name, 0));
  const { heard, options } = recorder({ shown: ['web'] });
  await attachedUp(ports, await project(two), options);
  expect(heard).toEqual(['attach web-1', 'p-web-1 exited 0']);
});

test('detached, it ends and everything runs on', async () => {
  const { engine, ports, project } = laboratory();
  const detach = new AbortController();
  const { heard, options } = recorder({ detach: detach.signal, onUp: () => detach.abort() });
  expect(await attachedUp(ports, await project(two), options)).toEqual({ ended: 'detached', exitCode: 0 });
  expect(heard).toEqual(['attach db-1 web-1']);
  expect((await engine.containers.list({ all: false })).length).toBe(2);
});

test('the end of a container that the plan replaces is neither told nor counted', async () => {
  const { ports, project } = laboratory();
  await up(ports, await project(two));
  const { heard, controller, options } = recorder({ abortOn: 'exit', onUp: () => controller.abort() });
  const changed = two.replace('db: {image: app}', 'db: {image: app, user: root}');
  expect(await attachedUp(ports, await project(changed), options)).toMatchObject({ ended: 'interrupted' });
  expect(heard.slice(0, 2)).toEqual(['attach db-1 web-1', 'stopping']);
});
