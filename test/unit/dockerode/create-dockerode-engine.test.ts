import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type Duplex, Readable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDockerodeEngine } from '../../../src/dockerode/create-dockerode-engine.ts';
import { EndpointAgent } from '../../../src/dockerode/endpoint-agent.ts';
import { connectionOpener } from '../../../src/dockerode/open-connection.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { type Answer, type FakeHttpEngine, json, startFakeEngine } from './fake-http-engine.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
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

describe('requests', () => {
  test('use the lower API version in every path', async () => {
    const old = { 'Api-Version': '1.41', Server: 'Docker/20.10.24 (linux)' };
    const { engine, fake } = await engineWith((_seen, response) => json(response, []), old);
    expect(engine.description).toMatchObject({ apiVersion: '1.41', version: '20.10.24', product: 'docker' });
    await engine.networks.list({});
    expect(fake.requests[0]?.path).toBe('/v1.41/networks');
  });

  test('keep query and body apart', async () => {
    const { engine, fake } = await engineWith((_seen, response) => json(response, { Id: 'a', Warnings: null }, 201));
    const body = { Image: 'app', Env: ['SECRET=1'] };
    expect(await engine.containers.create({ name: 'web-1', platform: 'linux/amd64', body })).toEqual({
      id: 'a',
      warnings: [],
    });
    const [seen] = fake.requests;
    expect(Object.fromEntries(seen?.query ?? [])).toEqual({ name: 'web-1', platform: 'linux/amd64' });
    expect(JSON.parse(seen?.body ?? '')).toEqual(body);
  });

  test('send filters as JSON and leave out what is not set', async () => {
    const { engine, fake } = await engineWith((_seen, response) => json(response, []));
    await engine.containers.list({ all: true, labels: ['a=b'] });
    expect(Object.fromEntries(fake.requests[0]?.query ?? [])).toEqual({ all: 'true', filters: '{"label":["a=b"]}' });
    await engine.containers.stop('x', {});
    expect([...(fake.requests[1]?.query ?? [])]).toEqual([]);
  });

  test('a status of "already so" is success', async () => {
    const { engine } = await engineWith((_seen, response) => void response.writeHead(304).end());
    await expect(engine.containers.start('x')).resolves.toBeUndefined();
    await expect(engine.containers.stop('x')).resolves.toBeUndefined();
  });

  test('null members of an inspected container are absent, port keys stay', async () => {
    const { engine } = await engineWith((_seen, response) =>
      json(response, {
        Id: 'x',
        Config: { Image: 'app', Entrypoint: null, Labels: { a: 'b' } },
        HostConfig: { Binds: null, RestartPolicy: { Name: 'no' } },
        NetworkSettings: { Networks: null, Ports: { '80/tcp': null } },
      }),
    );
    const inspect = await engine.containers.inspect('x');
    expect(inspect.Config).toEqual({ Image: 'app', Labels: { a: 'b' } });
    expect(inspect.HostConfig).toEqual({ RestartPolicy: { Name: 'no' } });
    expect(inspect.NetworkSettings).toEqual({ Networks: {}, Ports: { '80/tcp': null } });
  });

  test('what the machine cannot limit is told once, worded by the engine or not', async () => {
    const { engine } = await engineWith((_seen, response) =>
      json(response, {
        CgroupVersion: '1',
        SecurityOptions: ['name=seccomp', 'name=rootless'],
        MemoryLimit: true,
        SwapLimit: false,
        CpuCfsQuota: false,
        Warnings: ['WARNING: No swap limit support'],
      }),
    );
    expect(await engine.information()).toEqual({
      cgroupVersion: '1',
      rootless: true,
      warnings: ['No swap limit support', 'No cpu cfs quota support'],
    });
  });

  test.each(['tcp://192.0.2.1:1', 'tcp://:::bad', 'ssh://x'])(
    'DOCKER_HOST=%s does not change where they go',
    async (host) => {
      vi.stubEnv('DOCKER_HOST', host);
      const { engine } = await engineWith((_seen, response) => json(response, []));
      expect(await engine.networks.list({})).toEqual([]);
      expect(process.env['DOCKER_HOST']).toBe(host);
    },
  );

  test('a refusal carries the sentence of the engine', async () => {
    const { engine } = await engineWith((_seen, response) => json(response, { message: 'No such container: x' }, 404));
    await expect(engine.containers.inspect('x')).rejects.toMatchObject({
      kind: 'not-found',
      statusCode: 404,
      message: 'No such container: x',
    });
  });

  test('connections are used again', async () => {
    const { engine, fake } = await engineWith((_seen, response) => json(response, []));
    let connections = 0;
    fake.server.on('connection', () => (connections += 1));
    for (let index = 0; index < 5; index += 1) await engine.networks.list({});
    expect(connections).toBe(0);
  });

  test('the modem can print the pool in one word', () => {
    expect(inspect(new EndpointAgent(() => undefined as unknown as Duplex), { showHidden: true, depth: null })).toBe(
      'EndpointAgent',
    );
  });
});

describe('a connection that is lost', () => {
  const halfAnswer: Answer = (_seen, response) => {
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('[{"Id":', () => response.destroy());
  };

  test('in the middle of the answer to a write fails the call', async () => {
    const { engine, fake } = await engineWith(halfAnswer);
    await expect(engine.networks.create({ Name: 'x' })).rejects.toMatchObject({ kind: 'connection-lost' });
    expect(fake.requests).toHaveLength(1);
  });

  test('in the middle of the answer to a read is tried once more', async () => {
    const { engine, fake } = await engineWith((seen, response) =>
      fake.requests.length === 1 ? halfAnswer(seen, response) : json(response, []),
    );
    expect(await engine.networks.list({})).toEqual([]);
    expect(fake.requests).toHaveLength(2);
  });

  test('together with all idle ones does not fail a read: the second attempt takes a new one', async () => {
    const lost = new Set<unknown>();
    const { engine, fake } = await engineWith((_seen, response) => {
      if (lost.has(response.socket)) response.destroy();
      else setImmediate(() => json(response, []));
    });
    await Promise.all(Array.from({ length: 3 }, () => engine.networks.list({})));
    for (const socket of fake.sockets) lost.add(socket);
    expect(lost.size).toBe(3);
    expect(await engine.networks.list({})).toEqual([]);
  });

  test('again and again fails the read', async () => {
    const { engine, fake } = await engineWith(halfAnswer);
    await expect(engine.networks.list({})).rejects.toMatchObject({ kind: 'connection-lost' });
    expect(fake.requests).toHaveLength(2);
  });

  test('before the answer is lost, not unreachable', async () => {
    const { engine } = await engineWith((_seen, response) => void response.destroy());
    await expect(engine.volumes.remove('x', false)).rejects.toMatchObject({ kind: 'connection-lost' });
  });

  test('for good is unreachable', async () => {
    const { engine, fake } = await engineWith((_seen, response) => json(response, []));
    await fake.close();
    await expect(engine.networks.list({})).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('an abort', () => {
  test('ends a call that waits for its answer', async () => {
    const { engine, fake } = await engineWith(() => undefined);
    const abort = new AbortController();
    const call = engine.containers.stop('x', {}, { signal: abort.signal });
    while (fake.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('ends a call in the middle of its answer', async () => {
    const abort = new AbortController();
    const { engine, fake } = await engineWith((_seen, response) => {
      response.writeHead(200);
      response.write('[', () => setImmediate(() => abort.abort()));
    });
    await expect(engine.networks.list({}, { signal: abort.signal })).rejects.toMatchObject({ kind: 'aborted' });
    expect(fake.requests).toHaveLength(1);
  });

  test('of a stream whose end has come and is not read yet harms nobody', async () => {
    const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 3]), Buffer.from('one')]);
    const { engine, fake } = await engineWith((_seen, response) => {
      response.write(frame);
      response.end(frame);
    });
    for (let turns = 0; turns < 30; turns += 1) {
      const abort = new AbortController();
      const log = engine.containers.logs('x', { tty: false }, { signal: abort.signal })[Symbol.asyncIterator]();
      await log.next();
      const rest = (async () => {
        while ((await log.next()).done !== true);
      })().catch(() => undefined);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      abort.abort();
      await rest;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // An error that nobody listens to would have failed the whole run.
    expect(fake.requests).toHaveLength(30);
  });
});

describe('streams', () => {
  test('an engine that ends its events has gone', async () => {
    const { engine } = await engineWith((_seen, response) => {
      response.writeHead(200);
      response.end('{"Type":"container","Action":"start"}\n');
    });
    const seen: string[] = [];
    const events = (async (): Promise<void> => {
      for await (const event of await engine.events({})) seen.push(event.Action);
    })();
    await expect(events).rejects.toMatchObject({ kind: 'connection-lost' });
    expect(seen).toEqual(['start']);
  });

  test('events with an end of their own end quietly', async () => {
    const { engine } = await engineWith((_seen, response) => void response.writeHead(200).end());
    const stream = await engine.events({ until: '1' });
    expect(await stream[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
  });

  test('a quiet stream outlives the idle time of the pool', async () => {
    let stream: ServerResponse | undefined;
    const fake = await startFakeEngine((_seen, response) => {
      response.writeHead(200);
      response.write('{"Action":"start"}\n');
      stream = response;
    });
    const sockets: Duplex[] = [];
    const open = await connectionOpener(fake.endpoint);
    const engine = await createDockerodeEngine(fake.endpoint, {
      open: () => {
        const socket = open?.();
        if (socket === undefined) throw new TypeError('no opener');
        sockets.push(socket);
        return socket;
      },
      idleMilliseconds: 20,
    });
    closers.push(() => engine.close(), fake.close);
    const events = (await engine.events({}))[Symbol.asyncIterator]();
    await events.next();
    // The first connection has carried the pings.
    const [idle = process] = sockets;
    if (!('destroyed' in idle && idle.destroyed)) await once(idle, 'close');
    stream?.write('{"Action":"die"}\n');
    expect((await events.next()).value).toMatchObject({ Action: 'die' });
  });

  test('a pull gives its progress and throws its error', async () => {
    const { engine, fake } = await engineWith((_seen, response) => {
      response.writeHead(200);
      response.write('{"status":"Pulling from library/app","id":"1"}\r\n');
      response.end('{"errorDetail":{"message":"manifest unknown"},"error":"manifest unknown"}\r\n');
    });
    const seen: string[] = [];
    const credentials = { username: 'me', password: 'p', serverAddress: 'r.example' };
    const pull = (async (): Promise<void> => {
      for await (const line of engine.images.pull('r.example:5000/app', { credentials })) seen.push(line.status);
    })();
    await expect(pull).rejects.toMatchObject({ kind: 'not-found', message: 'manifest unknown' });
    expect(seen).toEqual(['Pulling from library/app']);
    const [request] = fake.requests;
    expect(Object.fromEntries(request?.query ?? [])).toEqual({ fromImage: 'r.example:5000/app', tag: 'latest' });
    expect(JSON.parse(Buffer.from(String(request?.headers['x-registry-auth']), 'base64url').toString())).toEqual({
      username: 'me',
      password: 'p',
      serveraddress: 'r.example',
    });
  });

  test('a build goes with the logins of every registry', async () => {
    const { engine, fake } = await engineWith((_seen, response) => response.end('{"aux":{"ID":"sha256:1"}}'));
    const login = { username: 'me?', password: 'p>?~', serverAddress: 'r.example' };
    const request = { query: { t: ['a', 'b'] }, logins: new Map([['r.example', login]]) };
    const lines: unknown[] = [];
    for await (const line of engine.images.build(Readable.from([Buffer.alloc(1024)]), request)) lines.push(line);
    expect(lines).toEqual([{ aux: { ID: 'sha256:1' } }]);
    const [seen] = fake.requests;
    const header = String(seen?.headers['x-registry-config']);
    expect(header).toMatch(/^[\w=-]+$/);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      'r.example': { username: 'me?', password: 'p>?~', serveraddress: 'r.example' },
    });
  });

  test('closing the engine ends a stream that nobody closed', async () => {
    const { engine, fake } = await engineWith((_seen, response) => {
      response.writeHead(200);
      response.flushHeaders();
    });
    const next = (await engine.events({}))[Symbol.asyncIterator]().next();
    await engine.close();
    await expect(next).rejects.toMatchObject({ kind: 'connection-lost' });
    for (const socket of fake.sockets) await once(socket, 'close');
    await expect(engine.networks.list({})).rejects.toMatchObject({ kind: 'connection-lost' });
  });
});
