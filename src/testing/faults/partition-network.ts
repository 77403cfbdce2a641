import type { HostNetwork } from '../../engine/host-network.ts';
import { isSubnetRefusal } from '../../execution/engine-refusals.ts';
import { observeAssignments } from '../../observe/observe-assignments.ts';
import { assignSubnets } from '../../plan/assign-subnets.ts';
import type { Project } from '../../project/project.ts';
import { stackLabels } from '../stack-labels.ts';
import type { FaultPorts } from './faults.ts';

/** Others may be assigned the same subnet at once: so many attempts in all. */
const attempts = 8;

/** A network that stands beside one of a stack. */
export interface PartitionNetworkRequest {
  /** The stack; its ranges of subnets hold here too. */
  readonly project: Project;
  /** The machine's own network, if the engine is on it: its routes are avoided. */
  readonly hostNetwork: HostNetwork | undefined;
  /** The engine's name of the network that it stands beside. */
  readonly beside: string;
  readonly name: string;
}

/**
 * Makes a network for some of those on another network of a stack, as large and as closed as that one and with a small free subnet.
 * Gives its id. Throws `no-free-subnet` and EngineError.
 */
export async function createPartitionNetwork(
  { engine }: FaultPorts,
  { project, hostNetwork, beside, name }: PartitionNetworkRequest,
  signal: AbortSignal,
): Promise<string> {
  const [key = 'partition', network] = Object.entries(project.networks).find(([, each]) => each.name === beside) ?? [];
  const alone: Project = { ...project, networks: { [key]: { name, ipam: {} } } };
  const Internal = network?.internal === true;
  const lost: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const observed = await observeAssignments(engine, project.name, hostNetwork, { signal });
    const assigned = assignSubnets(alone, { ...observed, takenSubnets: [...observed.takenSubnets, ...lost] });
    const subnets = (assigned.networks[key]?.ipam.config ?? []).flatMap(({ subnet }) => subnet ?? []);
    const IPAM = { Config: subnets.map((Subnet) => ({ Subnet })) };
    try {
      const request = { Name: name, Labels: stackLabels(project), Internal, IPAM };
      return (await engine.networks.create(request, { signal })).id;
    } catch (error) {
      if (!isSubnetRefusal(error) || attempt === attempts) throw error;
      lost.push(...subnets);
    }
  }
}
