import type { CallOptions } from '../engine/engine.ts';
import type { ContainerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import { ps } from './ps.ts';

/** Where a port of a service is reached. */
export interface Endpoint {
  readonly service: string;
  /** Number of the replica. */
  readonly replica: number;
  /** Port of the container. */
  readonly target: number;
  readonly protocol: string;
  /** Host name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The published ports of a project's running containers, by service, port and replica. Throws EngineError. */
export async function endpoints(
  ports: Pick<ComposePorts, 'engine'>,
  reference: ProjectReference,
  call: CallOptions = {},
): Promise<readonly Endpoint[]> {
  const rows = await ps(ports, reference, call);
  return rowEndpoints(rows, ports.engine.description.endpoint);
}

/** The same of rows that were read already; `engine` is the engine's address such as `unix:///run/docker.sock`. */
export function rowEndpoints(rows: readonly ContainerRow[], engine: string): readonly Endpoint[] {
  const machine = machineOf(engine);
  const found = rows
    .filter(({ oneOff }) => !oneOff)
    .flatMap(({ service, number = 1, publishers }) =>
      publishers
        .filter(({ PublishedPort: port }) => port !== 0)
        .map(
          ({ URL: address, TargetPort: target, PublishedPort: port, Protocol: protocol }): Endpoint => ({
            service,
            replica: number,
            target,
            protocol,
            host: hostOf(address, machine),
            port,
          }),
        ),
    );
  // A port that is published for both versions of the protocol is one endpoint.
  const distinct = new Map(found.map((each) => [`${each.service} ${String(each.target)} ${String(each.port)}`, each]));
  for (const each of found.filter(({ host }) => !host.includes(':'))) {
    distinct.set(`${each.service} ${String(each.target)} ${String(each.port)}`, each);
  }
  return [...distinct.values()].toSorted(byPlace);
}

function byPlace(one: Endpoint, other: Endpoint): number {
  if (one.service !== other.service) return one.service < other.service ? -1 : 1;
  return one.target - other.target || one.replica - other.replica || one.port - other.port;
}

/** The machine that an engine publishes ports on; undefined is this one. */
function machineOf(engine: string): string | undefined {
  const match = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(?<host>\[[^\]]+\]|[^:/]+)/.exec(engine)?.groups?.['host'];
  return match?.replaceAll(/[[\]]/g, '');
}

function hostOf(address: string, machine: string | undefined): string {
  const everywhere = address === '' || address === '0.0.0.0' || address === '::';
  if (everywhere) return machine ?? (address === '::' ? '::1' : '127.0.0.1');
  const loopback = address.startsWith('127.') || address === '::1';
  return loopback && machine !== undefined ? machine : address;
}
