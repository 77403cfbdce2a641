import type { ContainerSummary } from '../engine/container.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import type { HostNetwork } from '../engine/host-network.ts';
import type { NetworkInspect } from '../engine/resource.ts';
import { readPortsLabel } from '../state/instance-labels.ts';
import { INSTANCE_OF_LABEL, PORTS_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';
import type { ObservedAssignments } from '../state/observed-assignments.ts';

/**
 * Reads once which host ports and subnets are in use: one list each of containers and networks, stopped ones too, because
 * what they were assigned is theirs when they start again; and the routes of the machine, if it is this one.
 */
export async function observeAssignments(
  engine: Engine,
  project: string,
  host: HostNetwork | undefined,
  call?: CallOptions,
): Promise<ObservedAssignments> {
  const [containers, networks, routes] = await Promise.all([
    engine.containers.list({ all: true }, call),
    engine.networks.list({}, call),
    host?.routes() ?? [],
  ]);
  const isOwn = ({ Labels: labels }: Pick<ContainerSummary | NetworkInspect, 'Labels'>): boolean =>
    labels?.[PROJECT_LABEL] === project;
  return {
    ownOrigins: new Set(containers.filter(isOwn).map(({ Labels: labels }) => labels[INSTANCE_OF_LABEL])),
    ownPorts: portsByService(containers.filter(isOwn)),
    takenPorts: new Set(containers.filter((container) => !isOwn(container)).flatMap(portsOf)),
    ownSubnets: new Map(networks.filter(isOwn).map((network) => [network.Name, subnetsOf(network)])),
    takenSubnets: [...networks.filter((network) => !isOwn(network)).flatMap(subnetsOf), ...routes],
  };
}

function portsByService(containers: readonly ContainerSummary[]): ObservedAssignments['ownPorts'] {
  const services = new Map<string, ReadonlyMap<string, number>>();
  for (const { Labels: labels } of containers) {
    const service = labels[SERVICE_LABEL] ?? '';
    const ports = readPortsLabel(labels[PORTS_LABEL]);
    if (ports.size > 0) services.set(service, new Map([...(services.get(service) ?? []), ...ports]));
  }
  return services;
}

/** What it publishes while it runs, and what it was assigned; an assigned range by what it published first. */
function portsOf({ Ports: ports, Labels: labels }: ContainerSummary): readonly number[] {
  const assigned = [...readPortsLabel(labels[PORTS_LABEL])].flatMap(([key, first]) => {
    const [, from, to] = /^(\d+)-(\d+)$/.exec(key) ?? [];
    const count = to === undefined ? 1 : Number(to) - Number(from) + 1;
    return Array.from({ length: count }, (_, index) => first + index);
  });
  return [...ports.flatMap(({ PublicPort: port }) => port ?? []), ...assigned];
}

function subnetsOf({ IPAM: management }: NetworkInspect): readonly string[] {
  return (management?.Config ?? []).flatMap(({ Subnet: subnet }) => subnet ?? []);
}
