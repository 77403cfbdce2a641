import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContainerCreateRequest } from '../../src/engine/container.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { controlGroupsNeeded, lacksControlGroups } from './control-groups.ts';
import { enginesUnderTest, removeLeftovers, runId, runLabel, runLabels } from './engines-under-test.ts';
import { scripts, shell } from './memory-processes.ts';
import { collect, createContainer, newName, startContainer } from './run-containers.ts';

const engines = await enginesUnderTest();
describe.each(engines)('containers on $name', ({ connect, image, real }) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await connect();
  });

  afterAll(async () => {
    await removeLeftovers(engine);
    await engine.close();
  });

  const create = (request?: Partial<ContainerCreateRequest>, name?: string): Promise<string> =>
    createContainer(engine, image, request, name);
  const start = (request?: Partial<ContainerCreateRequest>): Promise<string> => startContainer(engine, image, request);

  /** Resolves when the container has exited. */
  async function exited(id: string): Promise<void> {
    const stream = await engine.events({ types: ['container'], events: ['die'], labels: [runLabel] });
    const { State } = await engine.containers.inspect(id);
    if (State.Status === 'exited') return stream.close();
    for await (const event of stream) if (event.Actor.ID === id) break;
  }

  test('a created container is listed with its labels, and only when stopped ones are wanted', async () => {
    const name = newName();
    const id = await create({ Labels: { ...runLabels, which: name } }, name);
    const query = { labels: [runLabel, `which=${name}`] };
    expect(await engine.containers.list({ all: false, ...query })).toEqual([]);
    const [row, ...others] = await engine.containers.list({ all: true, ...query });
    expect(others).toEqual([]);
    expect(row).toMatchObject({ Id: id, Names: [`/${name}`], State: 'created', Ports: [], Mounts: [] });
    expect(row?.Labels).toMatchObject({ which: name });
    expect(row?.Status).toMatch(/^Created/);
  });

  test('inspect gives the request back, members that are not set are absent', async () => {
    const id = await create({
      Env: ['A=1'],
      HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } },
    });
    const inspect = await engine.containers.inspect(id);
    expect(inspect.Id).toBe(id);
    expect(inspect.Config.Cmd).toEqual(shell(scripts.wait));
    expect(inspect.Config.Env).toContain('A=1');
    expect(inspect.HostConfig.RestartPolicy).toEqual({ Name: 'on-failure', MaximumRetryCount: 2 });
    expect(inspect.State).toMatchObject({ Status: 'created', Running: false, ExitCode: 0 });
    expect(Object.values(inspect.HostConfig)).not.toContain(null);
    expect(Object.values(inspect.Config)).not.toContain(null);
  });

  test('an image can be made of it, with a name or without', async () => {
    const id = await create();
    const repository = `topsail-contract/${newName()}`;
    const request = { message: 'why', author: 'who', changes: ['ENV CHANGED=yes'], pause: false };
    const image = await engine.containers.commit(id, { repository, tag: 'made', ...request });
    expect(await engine.images.inspect(`${repository}:made`)).toMatchObject({ Id: image });
    await engine.images.remove(`${repository}:made`, { force: true });
    const nameless = await engine.containers.commit(id, { pause: false });
    expect(await engine.images.inspect(nameless)).toMatchObject({ Id: nameless });
    await engine.images.remove(nameless, { force: true });
  });

  test('a name can be used once', async () => {
    const name = newName();
    await create({}, name);
    await expect(create({}, name)).rejects.toMatchObject({ code: 'engine-conflict', kind: 'conflict' });
  });

  test('of several creates of one name at once one wins', async () => {
    const name = newName();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => create({}, name)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'conflict' });
    }
  });

  test('what is not there is not found', async () => {
    await expect(engine.containers.inspect(`${runId}-none`)).rejects.toMatchObject({
      kind: 'not-found',
      statusCode: 404,
    });
    await expect(engine.containers.start(`${runId}-none`)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(create({ Image: `${runId}/none:1` })).rejects.toMatchObject({ kind: 'not-found' });
    await engine.containers.remove(`${runId}-none`);
  });

  test('start and stop succeed on what is already so', async () => {
    const id = await start();
    await engine.containers.start(id);
    expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: 'running', Running: true });
    await engine.containers.stop(id, { timeoutSeconds: 5 });
    await engine.containers.stop(id);
    expect((await engine.containers.inspect(id)).State).toMatchObject({
      Status: 'exited',
      Running: false,
      ExitCode: 0,
    });
  });

  test('each start has its own time', async () => {
    const id = await start();
    const { StartedAt: first } = (await engine.containers.inspect(id)).State;
    await engine.containers.restart(id, { timeoutSeconds: 5 });
    const { StartedAt: second } = (await engine.containers.inspect(id)).State;
    expect(Date.parse(second)).toBeGreaterThan(Date.parse(first));
  });

  test('a running container is removed by force only', async () => {
    const id = await start();
    await expect(engine.containers.remove(id)).rejects.toMatchObject({ kind: real ? expect.any(String) : 'conflict' });
    await engine.containers.remove(id, { force: true });
    await expect(engine.containers.inspect(id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a container can be renamed and killed', async () => {
    const id = await start();
    const name = newName();
    await engine.containers.rename(id, name);
    expect((await engine.containers.inspect(name)).Id).toBe(id);
    const again = engine.containers.rename(id, name);
    // Podman does not mind.
    if (engine.description.product === 'podman') await again;
    else await expect(again).rejects.toThrow(/same name|already in use/);
    await engine.containers.kill(id, { signal: 'SIGKILL' });
    await exited(id);
    expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
  });

  test('a container is paused and goes on', async ({ skip }) => {
    skip(await lacksControlGroups(engine), controlGroupsNeeded);
    const id = await start();
    await engine.containers.pause(id);
    expect((await engine.containers.inspect(id)).State.Status).toBe('paused');
    await expect(engine.containers.start(id)).rejects.toThrow(/paused|must be in Created or Stopped state/);
    await engine.containers.unpause(id);
    expect((await engine.containers.inspect(id)).State.Status).toBe('running');
  });

  test('limits of a running container can be changed', async ({ skip }) => {
    // The call came with Podman 5.
    skip(
      /^[34]\./.test(engine.description.version) && engine.description.product === 'podman',
      'not available here: Podman changes no limits',
    );
    skip(await lacksControlGroups(engine), controlGroupsNeeded);
    const id = await start({ HostConfig: { NanoCpus: 500_000_000, PidsLimit: 50 } });
    await engine.containers.update(id, { NanoCpus: 250_000_000, Memory: 64 * 1024 ** 2, MemorySwap: 64 * 1024 ** 2 });
    expect((await engine.containers.inspect(id)).HostConfig).toMatchObject({
      NanoCpus: 250_000_000,
      Memory: 64 * 1024 ** 2,
      PidsLimit: 50,
    });
  });

  test('the exit code of a process that ends by itself is kept, in words too', async () => {
    const id = await start({ Cmd: shell(scripts.speak) });
    await exited(id);
    expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: 'exited', ExitCode: 3 });
    const row = (await engine.containers.list({ all: true, labels: [runLabel] })).find(({ Id }) => Id === id);
    expect(row).toMatchObject({ State: 'exited', Status: expect.stringMatching(/^Exited \(3\) /) });
  });

  test('logs tell the streams apart and a followed log ends with the container', async () => {
    const id = await start({ Cmd: shell(scripts.speak) });
    const followed = await collect(engine.containers.logs(id, { follow: true, tty: false }));
    expect(followed).toMatchObject({ stdout: 'one\nthree\n', stderr: 'two\n' });
    await exited(id);
    const tail = await collect(engine.containers.logs(id, { tail: '1', tty: false }));
    expect(tail.text.match(/\n/g)).toHaveLength(1);
    const stamped = await collect(engine.containers.logs(id, { timestamps: true, tty: false }));
    expect(stamped.stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\S* one\n/);
  });

  test('an exec has output on two streams and an exit code', async () => {
    const id = await start();
    const session = await engine.containers.exec(id, { Cmd: shell(scripts.fail) });
    expect(await collect(session.output)).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
    expect(await session.exitCode()).toBe(7);
  });

  test('an exec in a container that does not run is refused', async () => {
    const id = await create();
    await expect(engine.containers.exec(id, { Cmd: ['true'] })).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('a port that is taken fails the second start', async () => {
    const ports = { HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } } };
    const exposed = { ExposedPorts: { '80/tcp': {} } };
    const id = await start({ ...exposed, ...ports });
    const taken = (await engine.containers.inspect(id)).NetworkSettings.Ports?.['80/tcp']?.[0]?.HostPort;
    expect(taken).toMatch(/^\d+$/);
    const again = await create({
      ...exposed,
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: taken ?? '' }] } },
    });
    await expect(engine.containers.start(again)).rejects.toMatchObject({ kind: 'server' });
  });

  test('anonymous volumes go with their container if asked', async () => {
    const id = await create({ HostConfig: { Mounts: [{ Type: 'volume', Target: '/data' }] } });
    const [mount] = (await engine.containers.inspect(id)).Mounts;
    expect(mount).toMatchObject({ Type: 'volume', Destination: '/data' });
    await engine.containers.remove(id, { volumes: true });
    await expect(engine.volumes.inspect(mount?.Name ?? '')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
