import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRegistry } from '../../../src/registry/create-registry.ts';
import { openTunnel } from '../../../src/registry/open-tunnel.ts';

const target = new URL('https://registry.example:8443/v2/');

let proxy: Server;
let address: URL;
let seen: string[];

beforeEach(async () => {
  seen = [];
  proxy = createServer();
  proxy.on('connect', ({ url = '', headers }, socket) => {
    seen.push(`${url} ${headers['proxy-authorization'] ?? ''}`.trim());
    const allowed = url.startsWith('registry.example');
    socket.end(allowed ? 'HTTP/1.1 200 fine\r\n\r\nhello' : 'HTTP/1.1 407 no\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const listening = proxy.address();
  address = new URL(`http://127.0.0.1:${typeof listening === 'object' ? (listening?.port ?? 0) : 0}`);
});

afterEach(() => new Promise((resolve) => proxy.close(resolve)));

describe('openTunnel', () => {
  test('gives the connection to the host behind the proxy', async () => {
    const socket = await openTunnel(address, target, undefined);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toBe('hello');
    expect(seen).toEqual(['registry.example:8443']);
  });

  test('logs in with what the address of the proxy says', async () => {
    address.username = 'me';
    address.password = 'p@ss';
    (await openTunnel(address, target, undefined)).destroy();
    expect(seen).toEqual([`registry.example:8443 Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
  });

  test('tells the refusal of the proxy', async () => {
    await expect(openTunnel(address, new URL('https://other.example/'), undefined)).rejects.toThrow(
      `proxy ${address.host} answers with status 407`,
    );
  });

  test('an abort ends it', async () => {
    const abort = new AbortController();
    const opening = openTunnel(address, target, abort.signal);
    abort.abort();
    await expect(opening).rejects.toThrow('aborted');
  });
});

test('a registry elsewhere is reached through the proxy of the environment', async () => {
  const environment = { HTTPS_PROXY: address.href };
  const registry = createRegistry({
    credentials: () => Promise.resolve(undefined),
    insecureRegistries: [],
    environment,
  });
  await expect(registry.digestOf({ registry: 'other.example', repository: 'a', tag: 'b' })).rejects.toMatchObject({
    message: `cannot reach registry other.example: proxy ${address.host} answers with status 407`,
  });
  expect(seen).toEqual(['other.example:443']);
});
