import { access, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { Named } from '../project/project.ts';
import { parseEndpoint } from './parse-endpoint.ts';

/** Files that only a container has. */
const containerMarks = ['/.dockerenv', '/run/.containerenv'];

/**
 * Hosts under which ports that the engine publishes may answer here, likeliest first: this machine for a local engine, the other
 * machine for a remote one, and for a container that shares the engine's socket the gateway behind which the engine's host is.
 * `TOPSAIL_ENGINE_HOST` overrides.
 */
export async function publishedHosts(endpoint: string, environment: Named<string>): Promise<readonly string[]> {
  const override = environment['TOPSAIL_ENGINE_HOST'] ?? '';
  if (override !== '') return [override];
  const parsed = parseEndpoint(endpoint);
  if (parsed?.kind === 'tcp') return [parsed.host];
  if (parsed?.kind === 'ssh') return [parsed.destination.replace(/^[^@]*@/, '')];
  const gateway = !hasEngineBridge() && (await isContainer()) ? await defaultGateway() : undefined;
  return gateway === undefined ? ['127.0.0.1'] : [gateway, '127.0.0.1'];
}

/** Whether a bridge of an engine ends here: then it publishes here, even if this is a container itself. */
function hasEngineBridge(): boolean {
  return Object.keys(networkInterfaces()).some((name) => /^(?:docker\d|br-|podman\d|cni-podman)/.test(name));
}

async function isContainer(): Promise<boolean> {
  const found = await Promise.all(containerMarks.map((path) => access(path).then(yes, no)));
  return found.includes(true);
}

const yes = (): boolean => true;
const no = (): boolean => false;

/** The IPv4 default gateway as Linux tells it. */
async function defaultGateway(): Promise<string | undefined> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '');
  return gatewayOf(table);
}

/** The gateway of the default route in the text of `/proc/net/route`, whose addresses are little-endian hexadecimal. */
export function gatewayOf(table: string): string | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [, destination, gateway = ''] = line.split('\t');
    if (destination !== '00000000' || !/^[0-9A-F]{8}$/i.test(gateway) || gateway === '00000000') continue;
    return (gateway.match(/../g) ?? [])
      .toReversed()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  }
  return undefined;
}
