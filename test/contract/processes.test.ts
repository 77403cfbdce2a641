import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContainerCreateRequest } from '../../src/engine/container.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { readTar } from '../../src/source/read-tar.ts';
import { controlGroupsNeeded, lacksControlGroups } from './control-groups.ts';
import { enginesUnderTest, removeLeftovers } from './engines-under-test.ts';
import { collect, createContainer, startContainer } from './run-containers.ts';
import { firstFile, tarOf } from './tar-file.ts';

const engines = (await enginesUnderTest()).filter(({ real }) => real);

test.for(engines.length === 0 ? ['a real engine'] : [])('processes need %s', (what, { skip }) => {
  expect(engines).toEqual([]);
  skip(`not available here: ${what}`);
});

describe.each(engines)('processes on $name', ({ connect, image }) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await connect();
  });

  afterAll(async () => {
    await removeLeftovers(engine);
    await engine.close();
  });

  const create = (request: Partial<ContainerCreateRequest>): Promise<string> => createContainer(engine, image, request);
  const start = (): Promise<string> => startContainer(engine, image);

  test('a file that was put in is there', async () => {
    const id = await create({});
    await engine.containers.putArchive(id, '/tmp', tarOf('greeting', 'hello\n'));
    async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
      yield* [tarOf('second', 'again\n')];
    }
    await engine.containers.putArchive(id, '/tmp', pieces());
    const tar: Uint8Array[] = [];
    for await (const piece of engine.containers.getArchive(id, '/tmp/greeting')) tar.push(piece);
    expect(firstFile(Buffer.concat(tar))).toBe('hello\n');
    const nowhere = engine.containers.putArchive(id, '/nowhere', tarOf('a', ''));
    // Podman makes the folder.
    if (engine.description.product === 'podman') await nowhere;
    else await expect(nowhere).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('says what is at a path', async () => {
    const id = await create({});
    const kindOf = async (path: string): Promise<string> => (await engine.containers.statPath(id, path)).kind;
    await engine.containers.putArchive(id, '/tmp', tarOf('greeting', 'hello\n'));
    expect([await kindOf('/tmp'), await kindOf('/tmp/greeting')]).toEqual(['directory', 'file']);
    await expect(kindOf('/tmp/nothing')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('gives everything in its file system as one archive', async () => {
    const id = await create({});
    await engine.containers.putArchive(id, '/tmp', tarOf('greeting', 'hello\n'));
    const paths: string[] = [];
    for await (const { path } of readTar(engine.containers.exportFiles(id))) paths.push(path);
    expect(paths).toContain('tmp/greeting');
  });

  test('input that is closed first still gets its output back', async () => {
    const id = await start();
    const session = await engine.containers.exec(id, {
      Cmd: ['sh', '-c', 'cat; sleep 0.2; echo end'],
      AttachStdin: true,
    });
    await session.write(Buffer.from('typed\n'));
    await session.end();
    expect((await collect(session.output)).stdout).toBe('typed\nend\n');
    expect(await session.exitCode()).toBe(0);
  });

  test('an attached container gets input and gives output, across the start', async () => {
    const id = await create({
      Cmd: ['sh', '-c', 'cat; echo end >&2'],
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    const attachment = await engine.containers.attach(id, { stdin: true, tty: false });
    await engine.containers.start(id);
    await attachment.write(Buffer.from('typed\n'));
    await attachment.end();
    expect(await collect(attachment.output)).toMatchObject({ stdout: 'typed\n', stderr: 'end\n' });
  });

  test('a terminal is one stream, and closing it ends the output', async () => {
    const id = await start();
    const session = await engine.containers.exec(id, {
      Cmd: ['sh', '-c', 'stty size; cat'],
      Tty: true,
      AttachStdin: true,
    });
    await session.resize(101, 37);
    for await (const { stream } of session.output) {
      expect(stream).toBe('stdout');
      session.close();
    }
    session.close();
  });

  test('a terminal has its size from the first moment on, from API 1.42 on', async ({ skip }) => {
    const [, minor = 0] = engine.description.apiVersion.split('.').map(Number);
    skip(minor < 42, 'not available here: the size of a new terminal, which needs API 1.42');
    const id = await start();
    const session = await engine.containers.exec(id, { Cmd: ['stty', 'size'], Tty: true, ConsoleSize: [37, 101] });
    expect((await collect(session.output)).stdout.trim()).toBe('37 101');
  });

  test('a detached exec runs on alone, and one that cannot run is refused', async () => {
    const id = await start();
    await engine.containers.execDetached(id, { Cmd: ['sh', '-c', 'echo done > /tmp/done'] });
    const look = ['sh', '-c', 'until test -s /tmp/done; do sleep 0.05; done; cat /tmp/done'];
    const session = await engine.containers.exec(id, { Cmd: look });
    expect((await collect(session.output)).stdout).toBe('done\n');
    await expect(engine.containers.execDetached(id, { Cmd: ['no-such-program'] })).rejects.toThrow('no-such-program');
  });

  test('an aborted exec ends as aborted', async () => {
    const id = await start();
    const abort = new AbortController();
    const session = await engine.containers.exec(id, { Cmd: ['sleep', '60'] }, { signal: abort.signal });
    const output = collect(session.output);
    abort.abort();
    await expect(output).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('usage figures come in one answer', async ({ skip }) => {
    skip(await lacksControlGroups(engine), controlGroupsNeeded);
    const id = await start();
    const stats = await engine.containers.stats(id);
    expect(stats.cpu_stats.cpu_usage.total_usage).toBeGreaterThan(0);
    expect(stats.memory_stats).toBeDefined();
  });

  test('usage figures come again and again until the reader leaves', async () => {
    const id = await start();
    let readings = 0;
    for await (const stats of engine.containers.followStats(id)) {
      expect(stats.cpu_stats.cpu_usage.total_usage).toBeGreaterThanOrEqual(0);
      readings += 1;
      if (readings === 2) break;
    }
    expect(readings).toBe(2);
  });

  test('the processes of a running container are listed with their titles', async ({ skip }) => {
    // Podman looks at the processes themselves.
    const isPodman = engine.description.product === 'podman';
    skip(!isPodman && (await lacksControlGroups(engine)), controlGroupsNeeded);
    const id = await start();
    const { Titles: titles, Processes: processes } = await engine.containers.top(id);
    expect(titles).toContain('PID');
    expect(processes.length).toBeGreaterThan(0);
    for (const process of processes) expect(process).toHaveLength(titles.length);
    await engine.containers.kill(id);
    await expect(engine.containers.top(id)).rejects.toMatchObject({ kind: expect.stringMatching(/conflict|server/) });
  });
});
