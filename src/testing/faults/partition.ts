import type { ContainerInspect } from '../../engine/container.ts';
import type { HostNetwork } from '../../engine/host-network.ts';
import type { Project } from '../../project/project.ts';
import type { Replica } from '../replica.ts';
import { disconnect, endpointRequest } from './disconnect.ts';
import type { FaultPorts, Undo } from './faults.ts';
import { createPartitionNetwork } from './partition-network.ts';

/** Two groups of containers of a project, and all of its containers. */
export interface PartitionRequest {
  readonly project: Project;
  /** The machine's own network, if the engine is on it. */
  readonly hostNetwork: HostNetwork | undefined;
  readonly one: readonly Replica[];
  readonly other: readonly Replica[];
  readonly all: readonly Replica[];
}

/**
 * Keeps two groups of containers from reaching each other, while both still reach all others: for every network that they have in
 * common the first group gets another one, on which everybody is but the second group. Gives how to undo that.
 */
export async function partition(ports: FaultPorts, request: PartitionRequest, signal: AbortSignal): Promise<Undo> {
  const { engine } = ports;
  const inspects = new Map(
    await Promise.all(
      request.all.map(async ({ id }) => [id, await engine.containers.inspect(id, { signal })] as const),
    ),
  );
  const networksOf = (replicas: readonly Replica[]): ReadonlySet<string> =>
    new Set(replicas.flatMap(({ id }) => Object.keys(inspects.get(id)?.NetworkSettings.Networks ?? {})));
  const others = networksOf(request.other);
  const common = [...networksOf(request.one)].filter((network) => others.has(network));
  const undos = await Promise.all(common.map((network) => split(ports, request, network, inspects, signal)));
  return async (call) => {
    await Promise.all(undos.map((undo) => undo(call)));
  };
}

async function split(
  ports: FaultPorts,
  { project, hostNetwork, one, other, all }: PartitionRequest,
  network: string,
  inspects: ReadonlyMap<string, ContainerInspect>,
  signal: AbortSignal,
): Promise<Undo> {
  const { engine } = ports;
  const apart = new Set(other.map(({ id }) => id));
  const name = `${network}_partition_${one[0]?.id.slice(0, 12) ?? ''}`;
  const second = await createPartitionNetwork(ports, { project, hostNetwork, beside: network, name }, signal);
  const members = all.flatMap(({ id }) => {
    const settings = inspects.get(id)?.NetworkSettings.Networks[network];
    return settings === undefined || apart.has(id) ? [] : [{ id, settings }];
  });
  await Promise.all(
    members.map(({ id, settings }) => {
      const { Aliases: aliases } = endpointRequest(id, settings);
      return engine.networks.connect(second, id, aliases === undefined ? {} : { Aliases: aliases }, { signal });
    }),
  );
  const putBack = await disconnect(ports, one, network, signal);
  return async (call) => {
    await putBack(call);
    await Promise.all(
      members.map(({ id }) => engine.networks.disconnect(second, id, true, { signal: call }).catch(() => undefined)),
    );
    await engine.networks.remove(second, { signal: call });
  };
}
