import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { createDockerodeEngine } from '../../../src/dockerode/create-dockerode-engine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { type Answer, type FakeHttpEngine, json, startFakeEngine } from './fake-http-engine.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function engineWith(
  answer: Answer,
  headers?: Readonly<Record<string, string>>,
): Promise<{ engine: Engine; fake: FakeHttpEngine }> {
  const fake = await startFakeEngine(answer, headers);
  const engine = await createDockerodeEngine(fake.endpoint);
  closers.push(() => engine.close(), fake.close);
  return { engine, fake };
}

const noContent: Answer = (_seen, response) => void response.writeHead(204).end();

describe('execs and attachments', () => {
  /** Answers exec calls; a start is upgraded and given to the test. */
  async function execEngine(
    states: readonly object[],
  ): Promise<{ engine: Engine; fake: FakeHttpEngine; upgraded: Promise<Duplex> }> {
    const pending = [...states];
    const { engine, fake } = await engineWith((seen, response) => {
      if (seen.path.endsWith('/exec')) json(response, { Id: 'e1' }, 201);
      else if (seen.path.endsWith('/json')) json(response, pending.shift() ?? {});
      else noContent(seen, response);
    });
    const upgraded = new Promise<Duplex>((resolve) => {
      fake.server.on('upgrade', (_request, socket) => {
        socket.on('error', () => undefined);
        socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
        resolve(socket);
      });
    });
    return { engine, fake, upgraded };
  }

  test('an exit code is awaited until the engine knows it', async () => {
    const { engine, upgraded } = await execEngine([
      { Running: true, ExitCode: null },
      { Running: false, ExitCode: 5 },
    ]);
    const session = await engine.containers.exec('x', { Cmd: ['true'] });
    (await upgraded).end();
    for await (const _ of session.output) throw new Error('unexpected');
    expect(await session.exitCode()).toBe(5);
  });

  test('an abort after the upgrade destroys the connection', async () => {
    const { engine, upgraded } = await execEngine([]);
    const abort = new AbortController();
    const session = await engine.containers.exec('x', { Cmd: ['true'] }, { signal: abort.signal });
    const socket = await upgraded;
    const ended = once(socket, 'end');
    socket.resume();
    abort.abort();
    await ended;
    const next = session.output[Symbol.asyncIterator]().next();
    await expect(next).rejects.toMatchObject({ kind: 'aborted' });
    await expect(session.write(Buffer.from('x'))).rejects.toMatchObject({ kind: 'connection-lost' });
  });

  test('an exec that is refused at its start says why', async () => {
    const { engine } = await engineWith((seen, response) => {
      if (seen.path.endsWith('/exec')) json(response, { Id: 'e1' }, 201);
      else json(response, { message: 'container x is paused' }, 409);
    });
    await expect(engine.containers.exec('x', { Cmd: ['true'], AttachStdin: true })).rejects.toMatchObject({
      kind: 'conflict',
      statusCode: 409,
      message: 'container x is paused',
    });
  });

  test('an attachment has no body that could end up in the input', async () => {
    const { engine, fake } = await engineWith(noContent);
    const upgrade = once(fake.server, 'upgrade');
    const attach = engine.containers.attach('x', { stdin: true, tty: true });
    const [request, socket] = (await upgrade) as [{ url: string; headers: Record<string, string> }, Duplex];
    expect(request.headers['content-length']).toBe('0');
    expect(request.url).toBe('/v1.51/containers/x/attach?stream=1&stdout=1&stderr=1&stdin=1&logs=0');
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nhello');
    const attachment = await attach;
    await attachment.write(Buffer.from('typed'));
    const typed = once(socket, 'data');
    await attachment.end();
    expect(String((await typed)[0])).toBe('typed');
    socket.end(' world');
    let text = '';
    for await (const { data } of attachment.output) text += Buffer.from(data).toString();
    expect(text).toBe('hello world');
  });

  test('an attach that is refused says why', async () => {
    const { engine, fake } = await engineWith(noContent);
    fake.server.on('upgrade', (_request, socket) => {
      const body = '{"message":"No such container: x"}';
      socket.end(`HTTP/1.1 404 Not Found\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    });
    await expect(engine.containers.attach('x', { stdin: false, tty: false })).rejects.toMatchObject({
      kind: 'not-found',
      message: 'No such container: x',
    });
  });
});
