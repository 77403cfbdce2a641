import { afterEach, describe, expect, test } from 'vitest';
import { lowerApiVersion, pingEngine } from '../../../src/dockerode/ping-engine.ts';
import { type FakeHttpEngine, startFakeEngine } from './fake-http-engine.ts';

let fake: FakeHttpEngine | undefined;

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

describe('pingEngine', () => {
  test('knows Docker by its headers', async () => {
    fake = await startFakeEngine(() => undefined);
    expect(await pingEngine(fake.endpoint)).toEqual({
      product: 'docker',
      version: '28.5.2',
      apiVersion: '1.51',
      operatingSystem: 'linux',
    });
  });

  test('knows Podman by its headers', async () => {
    fake = await startFakeEngine(() => undefined, { 'Api-Version': '1.41', Server: 'Libpod/4.3.1 (linux)' });
    expect(await pingEngine(fake.endpoint)).toMatchObject({
      product: 'podman',
      version: '4.3.1',
      operatingSystem: 'linux',
    });
  });

  test('what answers without an API version is no engine', async () => {
    fake = await startFakeEngine(() => undefined, { Server: 'nginx' });
    await expect(pingEngine(fake.endpoint)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('a socket that is not there is unreachable', async () => {
    await expect(pingEngine({ kind: 'unix', path: '/nowhere/engine.sock' })).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('no engine answers at unix:///nowhere/engine.sock'),
    });
  });

  test('an aborted ping says so', async () => {
    fake = await startFakeEngine(() => undefined);
    await expect(pingEngine(fake.endpoint, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'aborted' });
  });
});

test.each([
  ['1.51', '1.41', '1.41'],
  ['1.9', '1.41', '1.9'],
  ['1.51', '1.52', '1.51'],
  ['1.51', '2.0', '1.51'],
])('of %s and %s the lower is %s', (one, other, lower) => {
  expect(lowerApiVersion(one, other)).toBe(lower);
});
