import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createGrpcClient, type GrpcClient } from '../../../src/buildkit/grpc-client.ts';
import { GrpcError, grpcStatus } from '../../../src/buildkit/grpc-error.ts';
import { type GrpcMethod, serveGrpc, unaryMethod } from '../../../src/buildkit/grpc-server.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A client and a server of this process at the two ends of one connection. */
async function pair(methods: Readonly<Record<string, GrpcMethod>>): Promise<GrpcClient> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const accepted = once(listener, 'connection') as Promise<[Socket]>;
  const socket = connect({ port: address.port, host: '127.0.0.1' });
  const server = serveGrpc((await accepted)[0], new Map(Object.entries(methods)), () => undefined);
  const client = createGrpcClient(socket);
  cleanups.push(client.close, server.close, () => listener.close());
  return client;
}

const signal = new AbortController().signal;
const echo = unaryMethod((request) => Promise.resolve(Buffer.concat([Buffer.from('echo '), request])));

test('a unary call is answered', async () => {
  const client = await pair({ '/a.B/Echo': echo });
  const answer = await client.unary('/a.B/Echo', Buffer.from('hi'), signal);
  expect(Buffer.from(answer).toString()).toBe('echo hi');
});

test('a stream of answers larger than any window arrives whole', async () => {
  const piece = Buffer.alloc(100_000, 7);
  const client = await pair({
    '/a.B/Many': async (call) => {
      for (let count = 0; count < 40; count += 1) await call.send(piece.subarray(0, 50_000), piece.subarray(50_000));
    },
  });
  let bytes = 0;
  for await (const message of client.serverStream('/a.B/Many', Buffer.alloc(0), signal)) bytes += message.length;
  expect(bytes).toBe(4_000_000);
});

test('a status travels with its words, also those that are no ASCII', async () => {
  const client = await pair({
    '/a.B/Deny': () => Promise.reject(new GrpcError(grpcStatus.notFound, 'no secret für dich')),
  });
  await expect(client.unary('/a.B/Deny', Buffer.alloc(0), signal)).rejects.toMatchObject({
    code: grpcStatus.notFound,
    message: 'no secret für dich',
  });
});

test('a method that is not there is unimplemented', async () => {
  const client = await pair({});
  await expect(client.unary('/a.B/None', Buffer.alloc(0), signal)).rejects.toMatchObject({
    code: grpcStatus.unimplemented,
  });
});

test('an aborted call rejects with the reason and tells the server', async () => {
  const abort = new AbortController();
  let told: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    told = resolve;
  });
  const client = await pair({
    '/a.B/Wait': async (call) => {
      abort.abort(new Error('enough'));
      await once(call.signal, 'abort');
      told();
    },
  });
  await expect(client.unary('/a.B/Wait', Buffer.alloc(0), abort.signal)).rejects.toThrow('enough');
  await gone;
});

test('a lost connection is told as such', async () => {
  const client = await pair({ '/a.B/Wait': (call) => once(call.signal, 'abort').then(() => undefined) });
  const waiting = client.unary('/a.B/Wait', Buffer.alloc(0), signal);
  client.close();
  await expect(waiting).rejects.toMatchObject({ kind: 'connection-lost' });
});
