import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';

async function started(engine: MemoryEngine, name: string, body: object = {}): Promise<string> {
  const { id } = await engine.containers.create({ name, body: { Image: 'app', ...body } });
  await engine.containers.start(id);
  return id;
}

describe('containers', () => {
  test('a name can be used once', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    await engine.containers.create({ name: 'web-1', body: { Image: 'app' } });
    const again = engine.containers.create({ name: 'web-1', body: { Image: 'app' } });
    await expect(again).rejects.toMatchObject({ kind: 'conflict', statusCode: 409 });
  });

  test('an image that is not there refuses the container', async () => {
    const engine = createMemoryEngine();
    await expect(engine.containers.create({ name: 'web-1', body: { Image: 'app' } })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  test('a started container runs, a stopped one has exited and keeps its exit code', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    engine.control.setStopExitCode('web-1', 143);
    const id = await started(engine, 'web-1');
    expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: 'running', Running: true });
    await engine.containers.stop('web-1');
    await engine.containers.stop('web-1');
    expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: 'exited', ExitCode: 143 });
    const [row] = await engine.containers.list({ all: true });
    expect(row?.Status).toBe('Exited (143) Less than a second ago');
  });

  test('a running container is only removed by force', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    await started(engine, 'web-1');
    await expect(engine.containers.remove('web-1')).rejects.toMatchObject({ kind: 'conflict' });
    await engine.containers.remove('web-1', { force: true });
    await engine.containers.remove('web-1');
    expect(await engine.containers.list({ all: true })).toEqual([]);
  });

  test('an old engine takes one endpoint in the create call', async () => {
    const engine = createMemoryEngine({ images: ['app'], apiVersion: '1.41' });
    const body = { Image: 'app', NetworkingConfig: { EndpointsConfig: { one: {}, two: {} } } };
    await expect(engine.containers.create({ name: 'web-1', body })).rejects.toMatchObject({ kind: 'bad-request' });
  });

  test('a missing network shows at the start', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const { id } = await engine.containers.create({
      name: 'web-1',
      body: { Image: 'app', HostConfig: { NetworkMode: 'nowhere' } },
    });
    await expect(engine.containers.start(id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await engine.containers.inspect(id)).State.Error).toBe('network nowhere not found');
  });

  test('a host port belongs to one running container', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const body = { HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } } };
    await started(engine, 'web-1', body);
    await expect(started(engine, 'web-2', body)).rejects.toThrow(
      /Bind for 0\.0\.0\.0:8080 failed: port is already allocated/,
    );
    await engine.containers.stop('web-1');
    await engine.containers.start('web-2');
  });

  test('the image gives what the request leaves out', async () => {
    const config = { Env: ['PATH=/bin', 'A=image'], Cmd: ['serve'], Entrypoint: ['/entry'], Labels: { from: 'image' } };
    const engine = createMemoryEngine({ images: [{ reference: 'app', config }] });
    const { id } = await engine.containers.create({ name: 'web-1', body: { Image: 'app', Env: ['A=own'] } });
    expect((await engine.containers.inspect(id)).Config).toMatchObject({
      Env: ['A=own', 'PATH=/bin'],
      Cmd: ['serve'],
      Entrypoint: ['/entry'],
      Labels: { from: 'image' },
    });
  });

  test('an on-failure policy starts a failed process again as often as it says', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const id = await started(engine, 'job-1', {
      HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 } },
    });
    engine.control.exit('job-1', 3);
    expect(await engine.containers.inspect(id)).toMatchObject({ RestartCount: 1, State: { Status: 'running' } });
    engine.control.exit('job-1', 3, { outOfMemory: true });
    expect((await engine.containers.inspect(id)).State).toMatchObject({
      Status: 'exited',
      ExitCode: 3,
      OOMKilled: true,
    });
  });

  test('a followed log ends with the container', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const id = await started(engine, 'web-1');
    engine.control.write('web-1', 'one\n');
    const texts: string[] = [];
    for await (const chunk of engine.containers.logs(id, { follow: true, tty: false })) {
      texts.push(new TextDecoder().decode(chunk.data));
      if (texts.length === 1) engine.control.write('web-1', 'two\n', 'stderr');
      else engine.control.exit('web-1', 0);
    }
    expect(texts).toEqual(['one\n', 'two\n']);
  });

  test('an exec does what the test says', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const id = await started(engine, 'web-1');
    engine.control.onExec((container, request) => ({
      exitCode: 7,
      stdout: `${container.name} ${request.Cmd.join(' ')}`,
    }));
    const session = await engine.containers.exec(id, { Cmd: ['curl', 'x'] });
    const texts: string[] = [];
    for await (const chunk of session.output) texts.push(new TextDecoder().decode(chunk.data));
    expect(texts).toEqual(['web-1 curl x']);
    expect(await session.exitCode()).toBe(7);
  });
});

describe('networks and volumes', () => {
  test('two networks get one name on old engines only', async () => {
    const old = createMemoryEngine({ apiVersion: '1.41' });
    await old.networks.create({ Name: 'app_default' });
    await old.networks.create({ Name: 'app_default' });
    await expect(old.networks.inspect('app_default')).rejects.toMatchObject({ kind: 'bad-request' });
    const recent = createMemoryEngine();
    await recent.networks.create({ Name: 'app_default' });
    await expect(recent.networks.create({ Name: 'app_default' })).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('a network with running members is not removed', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const { id } = await engine.networks.create({ Name: 'app_default' });
    await started(engine, 'web-1', { HostConfig: { NetworkMode: 'app_default' } });
    await expect(engine.networks.remove(id)).rejects.toMatchObject({ kind: 'conflict', statusCode: 403 });
    await engine.containers.stop('web-1');
    await engine.networks.remove(id);
  });

  test('a volume that exists keeps its labels', async () => {
    const engine = createMemoryEngine();
    await engine.volumes.create({ Name: 'data', Labels: { first: 'yes' } });
    expect((await engine.volumes.create({ Name: 'data', Labels: { second: 'yes' } })).Labels).toEqual({ first: 'yes' });
  });
});

describe('images', () => {
  test('a pull finds what the registry has', async () => {
    const engine = createMemoryEngine({ registry: ['nginx:alpine'] });
    const lines: string[] = [];
    for await (const line of engine.images.pull('docker.io/library/nginx:alpine')) lines.push(line.status);
    expect(lines.at(-1)).toBe('Status: Downloaded newer image for nginx:alpine');
    expect((await engine.images.inspect('nginx:alpine')).RepoTags).toEqual(['nginx:alpine']);
    await expect(async () => {
      for await (const _ of engine.images.pull('nginx:other')) continue;
    }).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('events', () => {
  test('a stream gets what happens after it was opened, by label', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    const stream = await engine.events({ labels: ['project=a'], types: ['container'] });
    await started(engine, 'other-1', { Labels: { project: 'b' } });
    await started(engine, 'web-1', { Labels: { project: 'a' }, Healthcheck: { Test: ['CMD', 'true'] } });
    engine.control.setHealth('web-1', 'healthy');
    engine.control.setHealth('web-1', 'healthy');
    engine.control.exit('web-1', 2);
    const seen: EngineEvent[] = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.Action === 'die') break;
    }
    expect(seen.map((event) => event.Action)).toEqual(['create', 'start', 'health_status: healthy', 'die']);
    expect(seen.at(-1)?.Actor.Attributes).toMatchObject({ name: 'web-1', image: 'app', exitCode: '2' });
    expect(engine.control.openEventStreams).toBe(0);
  });

  test('a lost stream throws', async () => {
    const engine = createMemoryEngine();
    const stream = await engine.events({});
    engine.control.loseEventStreams();
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'connection-lost' });
  });
});

describe('control', () => {
  test('a held call has no effect until it is released', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    await engine.containers.create({ name: 'web-1', body: { Image: 'app' } });
    const held = engine.control.hold('containers.start web-1');
    const start = engine.containers.start('web-1');
    await held.arrived();
    expect((await engine.containers.inspect('web-1')).State.Running).toBe(false);
    held.release();
    await start;
    expect((await engine.containers.inspect('web-1')).State.Running).toBe(true);
  });

  test('an answer can be withheld after the effect', async () => {
    const engine = createMemoryEngine();
    const held = engine.control.hold('volumes.create', 'after');
    const create = engine.volumes.create({ Name: 'data' });
    await held.arrived();
    expect(await engine.volumes.list({})).toHaveLength(1);
    held.fail(new EngineError('connection-lost', 'gone'));
    await expect(create).rejects.toMatchObject({ kind: 'connection-lost' });
  });

  test('an abort ends a held call without its effect', async () => {
    const engine = createMemoryEngine();
    const abort = new AbortController();
    const held = engine.control.hold('volumes.create');
    const create = engine.volumes.create({ Name: 'data' }, { signal: abort.signal });
    await held.arrived();
    abort.abort();
    await expect(create).rejects.toMatchObject({ kind: 'aborted' });
    held.release();
    expect(await engine.volumes.list({})).toEqual([]);
  });

  test('a call fails as often as asked', async () => {
    const engine = createMemoryEngine();
    engine.control.fail('volumes.create data', new EngineError('server', 'disk full'));
    await expect(engine.volumes.create({ Name: 'data' })).rejects.toThrow('disk full');
    await engine.volumes.create({ Name: 'data' });
  });

  test('reads and writes are told apart', async () => {
    const engine = createMemoryEngine({ images: ['app'] });
    await started(engine, 'web-1');
    await engine.containers.inspect('web-1');
    expect(engine.control.writes()).toEqual(['containers.create web-1', 'containers.start web-1']);
    expect(engine.control.reads()).toEqual(['containers.inspect web-1']);
  });

  test('a dead engine answers nothing', async () => {
    const engine = createMemoryEngine();
    const stream = await engine.events({});
    engine.control.die();
    await expect(engine.containers.list({ all: true })).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'connection-lost' });
  });
});
