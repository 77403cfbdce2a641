import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { HostNetwork } from '../engine/host-network.ts';

/** The network of this machine, if the engine at an address such as `unix:///run/docker.sock` runs on it. */
export function localHostNetwork(endpoint: string): HostNetwork | undefined {
  const isLocal = /^(unix|npipe):/.test(endpoint) || /^tcp:\/\/(127\.|localhost\b|\[::1\])/.test(endpoint);
  return isLocal ? { isPortFree, routes } : undefined;
}

/** On all addresses, as engines publish by default. */
function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The kernel's table where there is one, and the networks of the interfaces. */
async function routes(): Promise<readonly string[]> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '');
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.flatMap(({ cidr, internal }) => (cidr === null || internal ? [] : [cidr])),
  );
  return [...table.split('\n').slice(1).flatMap(readRoute), ...interfaces];
}

/** One line of `/proc/net/route`; the default route says nothing about who uses an address. */
function readRoute(line: string): readonly string[] {
  const [, destination = '', , , , , , mask = ''] = line.split('\t');
  if (!/^[0-9A-F]{8}$/.test(destination) || !/^[0-9A-F]{8}$/.test(mask) || mask === '00000000') return [];
  const bytes = (destination.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse();
  const prefix = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length;
  return [`${bytes.join('.')}/${String(prefix)}`];
}
