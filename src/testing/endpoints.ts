import type { ComposePorts } from '../compose/ports.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { NetworkAddress, Prober } from '../engine/prober.ts';
import { probeUnusedPort } from '../execution/unused-port.ts';
import type { Service } from '../project/service.ts';
import { containerAddresses } from '../state/container-addresses.ts';
import type { Endpoint } from './replica.ts';

/** What of a stack's containers can be reached from here. Asked once, when the stack is up. */
export interface Reach {
  /** The host under which published ports answer. */
  readonly publishedHost: string;
  /** Whether the containers' own addresses are routed here. */
  readonly direct: boolean;
}

/** Finds out how containers are reached: published ports under the engine's host, own addresses only where they answer. */
export async function findReach(
  { prober: open, clock }: Pick<ComposePorts, 'prober' | 'clock'>,
  inspects: readonly ContainerInspect[],
  signal: AbortSignal,
): Promise<Reach> {
  if (open === undefined) throw new TypeError('a stack is reached from outside, and no prober was given');
  const prober = await open();
  const [publishedHost, direct] = await Promise.all([
    answeringHost(prober, inspects, signal),
    isRouted({ prober, clock }, inspects, signal),
  ]);
  return { publishedHost, direct };
}

async function answeringHost(
  prober: Prober,
  inspects: readonly ContainerInspect[],
  signal: AbortSignal,
): Promise<string> {
  const [first = '127.0.0.1', ...others] = prober.publishedHosts;
  if (others.length === 0) return first;
  const ports = inspects.flatMap(({ NetworkSettings: { Ports: bindings = {} } }) =>
    Object.entries(bindings).flatMap(([port, bound]) => (port.endsWith('/tcp') ? (bound ?? []) : [])),
  );
  const port = Number(ports[0]?.HostPort ?? 0);
  if (port === 0) return first;
  const answers = await Promise.all(prober.publishedHosts.map((host) => prober.tcp({ host, port }, { signal })));
  // A refusal from a proxy that drops the connection still comes from the right host.
  const index = answers.findIndex(({ kind }) => kind === 'answered');
  return prober.publishedHosts[index] ?? first;
}

/** An engine may open the way between all its networks for a moment when it makes one: a second look, so many milliseconds later. */
const secondLook = 500;

/** A machine that is there refuses a port that nothing listens on: enough to know that there is a way to it, and no proxy. */
async function isRouted(
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  inspects: readonly ContainerInspect[],
  signal: AbortSignal,
): Promise<boolean> {
  const [address] = inspects.flatMap((inspect) => containerAddresses(inspect, 0, []).direct);
  if (address === undefined) return false;
  const refuses = async (): Promise<boolean> =>
    (await probeUnusedPort(prober, address.host, signal)).kind === 'refused';
  if (!(await refuses())) return false;
  // On the engine's own host nothing stands between.
  if (prober.publishedHosts.every(isLoopback)) return true;
  await clock.sleep(secondLook, signal);
  return refuses();
}

/** Throws `no-such-port`, with the nearest one, for a port of a service whose file or image names others and not this one. */
export function requirePort(
  name: string,
  { ports = [], expose = [] }: Pick<Service, 'ports' | 'expose'>,
  { Config: config, HostConfig: host }: ContainerInspect,
  port: number,
): void {
  // A service of which no port is written down may listen on any.
  if (ports.length + expose.length === 0 || host.NetworkMode === 'host') return;
  const known = new Set(Object.keys(config.ExposedPorts ?? {}).map((exposed) => exposed.split('/')[0] ?? ''));
  if (known.has(String(port))) return;
  const near = didYouMean(String(port), known);
  throw new TopsailError('no-such-port', `service "${name}" has no port ${port}`, {
    origin: 'user',
    details: [
      ...(near === undefined ? [] : [`did you mean ${near}?`]),
      `there are ${[...known].join(', ')}; others are named under expose`,
    ],
  });
}

/** Where a port of a container answers from here. Throws `not-reachable`, with what is published, if there is no way to it. */
export function endpointOf(
  service: string,
  inspect: ContainerInspect,
  port: number,
  { publishedHost, direct }: Reach,
): Endpoint {
  const protocol = protocolOf(inspect, port);
  // Podman goes on naming the ports of a container that is stopped.
  const none = { published: [], direct: [] };
  const addresses = inspect.State.Running ? containerAddresses(inspect, port, [publishedHost], protocol) : none;
  const [published] = addresses.published;
  const isElsewhere = isOnlyLoopback(inspect, `${port}/${protocol}`) && !isLoopback(publishedHost);
  if (published !== undefined && !isElsewhere) return { ...published, containerPort: port, published: true };
  const own: NetworkAddress | undefined = addresses.direct[0];
  if (own !== undefined && direct) return { ...own, containerPort: port, published: false };
  throw new TopsailError('not-reachable', `port ${port} of service "${service}" cannot be reached from here`, {
    origin: 'user',
    details: [
      isElsewhere
        ? "it is published on the engine's host for that host alone, which is not where this process runs"
        : publishedWords(inspect),
      'publish it under ports; without a host port any free one is taken',
    ],
  });
}

/** A port is one of TCP unless only another protocol has one of that number. */
function protocolOf({ Config: { ExposedPorts: exposed } }: ContainerInspect, port: number): string {
  const protocols = Object.keys(exposed ?? {}).flatMap((name) =>
    name.startsWith(`${port}/`) ? [name.slice(`${port}/`.length)] : [],
  );
  return protocols.includes('tcp') ? 'tcp' : (protocols[0] ?? 'tcp');
}

function isOnlyLoopback({ NetworkSettings: { Ports: ports = {} } }: ContainerInspect, port: string): boolean {
  const bindings = ports[port] ?? [];
  return bindings.length > 0 && bindings.every(({ HostIp: address = '' }) => isLoopback(address));
}

function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === '::1' || host === 'localhost';
}

function publishedWords({ NetworkSettings: { Ports: ports = {} } }: ContainerInspect): string {
  const published = Object.entries(ports).filter(([, bindings]) => (bindings ?? []).length > 0);
  return published.length === 0
    ? 'no port of it is published, and the address of its container does not answer'
    : `published are ${published.map(([port]) => port).join(', ')}`;
}
