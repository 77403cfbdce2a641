import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createProber } from '../../../src/probe/create-prober.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<{ readonly host: string; readonly port: number }> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

const serve = (answer: (socket: Socket) => void): Server =>
  createServer((socket) => {
    socket.on('error', () => undefined).resume();
    answer(socket);
  });
const prober = createProber(['127.0.0.1'], 100);

test('a port that holds a connection answers', async () => {
  expect(await prober.tcp(await listen(serve(() => undefined)))).toEqual({ kind: 'answered' });
});

test('a port that greets answers at once', async () => {
  expect(await prober.tcp(await listen(serve((socket) => socket.write('220 hello\r\n'))))).toEqual({
    kind: 'answered',
  });
});

test('a proxy that drops the connection, as one whose other side refuses, does not answer', async () => {
  const address = await listen(serve((socket) => socket.end()));
  expect(await prober.tcp(address)).toEqual({
    kind: 'refused',
    reason: `127.0.0.1:${address.port}: the connection is dropped at once`,
  });
});

test('a proxy that takes its time to drop the connection does not answer either, if it is given that time', async () => {
  const address = await listen(serve((socket) => void setTimeout(() => socket.end(), 150)));
  expect((await createProber([], 60_000).tcp(address)).kind).toBe('refused');
});

test('without a proxy in between whoever takes the connection answers, even if it drops it', async () => {
  const address = await listen(serve((socket) => socket.end()));
  expect(await prober.tcp(address, { direct: true })).toEqual({ kind: 'answered' });
});

test('a port where nobody listens refuses', async () => {
  const server = serve(() => undefined);
  const address = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  servers.pop();
  expect(await prober.tcp(address)).toEqual({
    kind: 'refused',
    reason: `127.0.0.1:${address.port}: connection refused`,
  });
  expect((await prober.http(address, '/')).kind).toBe('refused');
});

test('a host that does not exist is out of reach', async () => {
  expect((await prober.tcp({ host: 'nowhere.invalid', port: 1 })).kind).toBe('unreachable');
});

test('an HTTP answer has its status, and redirects are not followed', async () => {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''}`);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const address = await listen(server);
  expect(await prober.http(address, '/healthz?deep=1')).toEqual({ kind: 'answered', status: 302 });
  expect(asked).toEqual([`GET /healthz?deep=1 127.0.0.1:${address.port}`]);
});

test('what does not speak HTTP refuses', async () => {
  const address = await listen(serve((socket) => socket.end('hello\n')));
  expect((await prober.http(address, '/')).kind).toBe('refused');
});

test('an abort ends an attempt with its reason', async () => {
  const address = await listen(serve(() => undefined));
  const reason = new Error('enough');
  await expect(prober.tcp(address, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const asking = prober.http(address, '/', { signal: controller.signal });
  controller.abort(reason);
  await expect(asking).rejects.toBe(reason);
});
