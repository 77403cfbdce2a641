import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { enginesUnderTest, removeLeftovers } from './engines-under-test.ts';
import { scripts, shell } from './memory-processes.ts';
import { createContainer, startContainer } from './run-containers.ts';

describe.each(await enginesUnderTest())('waits on $name', ({ connect, image }) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await connect();
  });

  afterAll(async () => {
    await removeLeftovers(engine);
    await engine.close();
  });

  test('a wait for the next exit that is there before the start has the code', async () => {
    const id = await createContainer(engine, image, { Cmd: shell(scripts.fail) });
    const { exitCode } = await engine.containers.wait(id, 'next-exit');
    await engine.containers.start(id);
    expect(await exitCode).toBe(7);
  });

  test('also of a container that removes itself', async () => {
    const id = await createContainer(engine, image, { Cmd: shell(scripts.fail), HostConfig: { AutoRemove: true } });
    const { exitCode } = await engine.containers.wait(id, 'next-exit');
    await engine.containers.start(id);
    expect(await exitCode).toBe(7);
  });

  test('a removal is waited for', async () => {
    const id = await createContainer(engine, image, { Cmd: shell(scripts.wait), HostConfig: { AutoRemove: true } });
    await engine.containers.start(id);
    const { exitCode } = await engine.containers.wait(id, 'removed');
    await engine.containers.kill(id);
    await exitCode;
    await expect(engine.containers.inspect(id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a container that has ended is not running', async () => {
    const id = await startContainer(engine, image, { Cmd: shell(scripts.fail) });
    expect(await (await engine.containers.wait(id, 'not-running')).exitCode).toBe(7);
    expect(await (await engine.containers.wait(id, 'not-running')).exitCode).toBe(7);
  });

  test('an aborted wait ends as aborted, and there is none for what is not there', async () => {
    const id = await startContainer(engine, image);
    const abort = new AbortController();
    const { exitCode } = await engine.containers.wait(id, 'next-exit', { signal: abort.signal });
    abort.abort();
    await expect(exitCode).rejects.toMatchObject({ kind: 'aborted' });
    await expect(engine.containers.wait('topsail-nothing', 'next-exit')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
