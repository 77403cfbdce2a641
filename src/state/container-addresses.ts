import type { ContainerInspect } from '../engine/container.ts';
import type { NetworkAddress } from '../engine/prober.ts';

/** Where a port of a container may answer from outside it. */
export interface ContainerAddresses {
  /** As published on the engine's host, likeliest first. */
  readonly published: readonly NetworkAddress[];
  /** On the container's own addresses, which answer only where the engine's networks are routed. */
  readonly direct: readonly NetworkAddress[];
}

/** A published port that is bound to one of these answers on every address of the engine's host. */
const anyAddress: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

/**
 * Where a port of a running container (`8080`, protocol `tcp`) may answer. `publishedHosts`: names of the engine's host as this
 * process sees it.
 */
export function containerAddresses(
  { HostConfig: host, NetworkSettings: network }: ContainerInspect,
  port: number,
  publishedHosts: readonly string[],
  protocol = 'tcp',
): ContainerAddresses {
  if (host.NetworkMode === 'host')
    return { published: publishedHosts.map((name) => ({ host: name, port })), direct: [] };
  const bindings = network.Ports?.[`${port}/${protocol}`] ?? [];
  const published = bindings.flatMap(({ HostIp: address = '', HostPort: text = '' }) => {
    const hosts = anyAddress.has(address) ? publishedHosts : hostsOfBinding(address, publishedHosts);
    return hosts.map((name) => ({ host: name, port: Number(text) }));
  });
  const direct = Object.values(network.Networks).flatMap(({ IPAddress: address = '', GlobalIPv6Address: long = '' }) =>
    [address, long].filter((text) => text !== '').map((text) => ({ host: text, port })),
  );
  const seen = new Set<string>();
  return { published: published.filter(({ host: name, port: number }) => isNew(seen, `${name} ${number}`)), direct };
}

/** A port that is bound to the loopback of another machine does not answer here; its name is tried all the same, for tunnels. */
function hostsOfBinding(address: string, publishedHosts: readonly string[]): readonly string[] {
  const isLoopback = address.startsWith('127.') || address === '::1';
  return isLoopback && !publishedHosts.includes('127.0.0.1') ? publishedHosts : [address];
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
