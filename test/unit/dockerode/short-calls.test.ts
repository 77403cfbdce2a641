import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { connectionOpener } from '../../../src/dockerode/open-connection.ts';
import { ShortCalls } from '../../../src/dockerode/short-calls.ts';
import { type Answer, json, startFakeEngine } from './fake-http-engine.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function callsTo(
  answer: Answer,
  idleMilliseconds?: number,
): Promise<{ calls: ShortCalls; opened: readonly Duplex[] }> {
  const fake = await startFakeEngine(answer);
  const open = await connectionOpener(fake.endpoint);
  if (open === undefined) throw new TypeError('no opener');
  const opened: Duplex[] = [];
  const recording: typeof open = () => {
    const connection = open();
    opened.push(connection);
    return connection;
  };
  const calls = new ShortCalls(recording, idleMilliseconds);
  closers.push(async () => calls.destroy(), fake.close);
  return { calls, opened };
}

test('a large answer arrives whole', async () => {
  const value = { text: 'ü'.repeat(3_000_000) };
  const { calls } = await callsTo((_seen, response) => json(response, value));
  const { statusCode, body } = await calls.send({ method: 'GET', target: '/big' }, undefined);
  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toEqual(value);
});

test('a body is sent with its length in bytes, an empty POST with none', async () => {
  const { calls } = await callsTo((seen, response) => json(response, [seen.body, seen.headers['content-length']]));
  const { body } = await calls.send({ method: 'POST', target: '/a', body: '{"a":"ü"}' }, undefined);
  expect(JSON.parse(body)).toEqual(['{"a":"ü"}', '10']);
  const empty = await calls.send({ method: 'POST', target: '/a' }, undefined);
  expect(JSON.parse(empty.body)).toEqual(['', '0']);
});

test('calls at once have a connection each, calls in turn share one', async () => {
  const { calls, opened } = await callsTo((_seen, response) => void setImmediate(() => json(response, [])));
  const get = (): Promise<unknown> => calls.send({ method: 'GET', target: '/a' }, undefined);
  await get();
  await get();
  expect(opened).toHaveLength(1);
  await Promise.all([get(), get(), get()]);
  expect(opened).toHaveLength(3);
});

test('an idle connection is given up after its time, and on demand', async () => {
  const { calls, opened } = await callsTo((_seen, response) => json(response, []), 1);
  const get = (): Promise<unknown> => calls.send({ method: 'GET', target: '/a' }, undefined);
  await get();
  const [idle = process] = opened;
  if (!('destroyed' in idle && idle.destroyed)) await once(idle, 'close');
  await get();
  expect(opened).toHaveLength(2);
  calls.dropIdle();
  await get();
  expect(opened).toHaveLength(3);
});

test('a path cannot smuggle another request in', () => {
  const calls = new ShortCalls(() => expect.fail('opened'));
  for (const target of ['/a b', '/a\r\nX: y', 'a', '/ü']) {
    expect(() => calls.send({ method: 'GET', target }, undefined)).toThrow('is no path of a request');
  }
});
