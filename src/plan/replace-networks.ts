import type { EndpointRequest } from '../engine/container.ts';
import { containerRequest } from '../state/container-request.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addNetwork, createNetworkId } from './add-resources.ts';
import type { NetworkVerdict } from './assess-networks.ts';
import { isAlive } from './container-state.ts';
import { ensureStop, known, observedAddress, strayAddress } from './container-steps.ts';
import { removalNodes } from './removal-nodes.ts';
import type { Restarts } from './restarts.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

type Replaced = Extract<NetworkVerdict, { readonly kind: 'replace' }>;

/**
 * Adds the steps that replace a network whose definition changed: containers that stay are stopped, disconnected, and
 * connected to the new one with their aliases; containers that go have to be gone. Returns the replicas with what their
 * starts need now.
 */
export function replaceNetworks(
  work: UpWork,
  replicas: readonly PreparedReplica[],
  restarts: Restarts,
): readonly PreparedReplica[] {
  const connects = new Map<string, string[]>();
  for (const verdict of work.networks.values()) {
    if (verdict.kind !== 'replace') continue;
    for (const [container, connect] of replaceNetwork(work, verdict, replicas, restarts)) {
      connects.set(container, [...(connects.get(container) ?? []), connect]);
    }
  }
  return replicas.map((replica) => ({
    ...replica,
    ready: [...replica.ready, ...(connects.get(replica.container?.id ?? '') ?? [])],
  }));
}

function replaceNetwork(
  work: UpWork,
  verdict: Replaced,
  replicas: readonly PreparedReplica[],
  restarts: Restarts,
): readonly (readonly [container: string, connect: string])[] {
  const { network, old, changes } = verdict;
  const cause = 'its definition changed';
  const removals = removalNodes(work.draft);
  const detached: string[] = [];
  const connects: (readonly [string, string])[] = [];
  for (const container of work.observed.containers.filter(({ networkIds }) => networkIds.includes(old.Id))) {
    const removal = removals.get(container.id);
    if (removal !== undefined && work.draft.get(removal)?.guard === undefined) {
      detached.push(removal);
      continue;
    }
    const replica = replicas.find((each) => each.container?.id === container.id);
    const stop = replica === undefined ? [] : stopForReplacement(work, verdict, container, restarts);
    const disconnect = addDisconnect(work, verdict, container, replica, stop);
    detached.push(disconnect);
    // What may be removed on the way cannot be connected again afterwards.
    if (removal !== undefined) work.draft.need(removal, [disconnect]);
    else connects.push([container.id, addConnect(work, verdict, container, replica)]);
  }
  const remove = work.draft.add({
    id: `remove network:${network.key}`,
    address: `network:${network.key}`,
    operation: { kind: 'remove-network', id: old.Id, name: old.Name },
    needs: detached,
    cause,
    changes,
  });
  addNetwork(work, verdict, [remove], cause);
  return connects;
}

function addDisconnect(
  work: UpWork,
  { network, old }: Replaced,
  container: ObservedContainer,
  replica: PreparedReplica | undefined,
  needs: readonly string[],
): string {
  const address = replica?.address ?? strayAddress(container);
  return work.draft.add({
    id: `disconnect ${address} from network:${network.key}`,
    address,
    operation: { kind: 'disconnect-network', container: known(container), network: old.Id },
    needs,
    cause: `network ${network.key} is replaced`,
  });
}

function addConnect(
  work: UpWork,
  { network }: Replaced,
  container: ObservedContainer,
  replica: PreparedReplica | undefined,
): string {
  const address = replica?.address ?? strayAddress(container);
  return work.draft.add({
    id: `connect ${address} to network:${network.key}`,
    address,
    operation: {
      kind: 'connect-network',
      container: known(container),
      network: network.name,
      request: endpointOf(work, replica, container, network.name),
    },
    needs: [createNetworkId(network.key)],
    cause: `network ${network.key} is replaced`,
  });
}

function stopForReplacement(
  work: UpWork,
  { network }: Replaced,
  container: ObservedContainer,
  restarts: Restarts,
): readonly string[] {
  if (!isAlive(container)) return [];
  const cause = `network ${network.key} is replaced`;
  restarts.add(container.id, cause, undefined);
  const stop = ensureStop(work.draft, container, {
    address: observedAddress(container),
    cause,
    timeoutSeconds: work.policy.stopTimeoutSeconds,
  });
  return stop === undefined ? [] : [stop];
}

/** How a container was to be reached before, it is to be reached again. */
function endpointOf(
  work: UpWork,
  replica: PreparedReplica | undefined,
  container: ObservedContainer,
  network: string,
): EndpointRequest {
  if (replica === undefined) return { Aliases: [container.name, container.service] };
  const inputs = { apiVersion: work.observed.apiVersion, imageDigest: undefined };
  const { body, connect } = containerRequest(replica.service, replica.number, inputs);
  const later = connect.find((endpoint) => endpoint.network === network)?.request;
  return body.NetworkingConfig?.EndpointsConfig[network] ?? later ?? { Aliases: [replica.name, replica.service.name] };
}
