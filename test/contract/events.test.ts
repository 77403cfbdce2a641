import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, EngineEvent, EventStream } from '../../src/engine/engine.ts';
import { enginesUnderTest, removeLeftovers, runLabel, runLabels } from './engines-under-test.ts';
import { scripts, shell } from './memory-processes.ts';
import { newName } from './run-containers.ts';

const engines = await enginesUnderTest();
describe.each(engines)('events and signals on $name', ({ connect, image }) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await connect();
  });

  afterAll(async () => {
    await removeLeftovers(engine);
    await engine.close();
  });

  async function run(body: object, name: string): Promise<string> {
    const { id } = await engine.containers.create({ name, body: { Image: image, Labels: runLabels, ...body } });
    await engine.containers.start(id);
    return id;
  }

  async function until(stream: EventStream, action: string): Promise<readonly EngineEvent[]> {
    const seen: EngineEvent[] = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.Action === action) break;
    }
    return seen;
  }

  test('a stream tells the life of a container, from the moment it is open', async () => {
    const name = newName();
    const stream = await engine.events({ types: ['container'], labels: [`which=${name}`] });
    const id = await run({ Cmd: shell(scripts.speak), Labels: { ...runLabels, which: name } }, name);
    const seen = await until(stream, 'die');
    const actions = seen.map((event) => event.Action).filter((action) => ['create', 'start', 'die'].includes(action));
    expect(actions).toEqual(['create', 'start', 'die']);
    expect(seen.at(-1)).toMatchObject({
      Type: 'container',
      Actor: { ID: id, Attributes: { name, exitCode: '3', which: name } },
    });
    expect(seen.at(-1)?.timeNano).toBeGreaterThan(1e18);
  });

  test('a stream can be limited to some events', async () => {
    const name = newName();
    const stream = await engine.events({ types: ['container'], events: ['die'], labels: [`which=${name}`] });
    await run({ Cmd: shell(scripts.succeed), Labels: { ...runLabels, which: name } }, name);
    expect((await until(stream, 'die')).map((event) => event.Action)).toEqual(['die']);
  });

  test('a healthy container says so in an event, its state and its words', async ({ skip }) => {
    const name = newName();
    const stream = await engine.events({ types: ['container'], labels: [`which=${name}`] });
    const id = await run(
      {
        Cmd: shell(scripts.wait),
        Labels: { ...runLabels, which: name },
        Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 1e9, Timeout: 1e9, Retries: 1 },
      },
      name,
    );
    if (engine.description.product === 'podman') {
      stream.close();
      return skip('not available here: Podman runs health checks by timers of the system');
    }
    await until(stream, 'health_status: healthy');
    expect((await engine.containers.inspect(id)).State.Health).toMatchObject({ Status: 'healthy' });
    const [row] = await engine.containers.list({ all: true, labels: [`which=${name}`] });
    expect(row?.Status).toMatch(/^Up .*\(healthy\)$/);
  });

  test('a closed stream ends quietly', async () => {
    const stream = await engine.events({ labels: [runLabel] });
    const iterator = stream[Symbol.asyncIterator]();
    const next = iterator.next();
    stream.close();
    stream.close();
    expect(await next).toMatchObject({ done: true });
  });

  test('an aborted stream throws', async () => {
    const abort = new AbortController();
    const stream = await engine.events({ labels: [runLabel] }, { signal: abort.signal });
    const next = stream[Symbol.asyncIterator]().next();
    abort.abort();
    await expect(next).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('an aborted signal ends a call, before and while it runs', async () => {
    await expect(engine.containers.list({ all: true }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'engine-aborted',
      origin: 'aborted',
    });
    const id = await run({ Cmd: ['sh', '-c', 'trap "" TERM; while true; do sleep 0.1; done'] }, newName());
    const abort = new AbortController();
    const logs = engine.containers.logs(id, { follow: true, tty: false }, { signal: abort.signal });
    const next = logs[Symbol.asyncIterator]().next();
    setImmediate(() => abort.abort());
    await expect(next).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('many calls at once with one signal give no warning', async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listener);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 40 }, () => engine.networks.list({ labels: [runLabel] }, { signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });

  test('closing the engine ends its streams', async () => {
    const other = await connect();
    const stream = await other.events({ labels: [runLabel] });
    const next = stream[Symbol.asyncIterator]()
      .next()
      .catch((error: unknown) => error);
    await other.close();
    expect(await next).toBeDefined();
  });
});
