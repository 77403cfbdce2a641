import type { EndpointRequest } from '../engine/container.ts';
import type { NetworkCalls } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { NetworkCreateRequest, NetworkInspect } from '../engine/resource.ts';
import { type IpSubnet, overlaps, parseSubnet } from '../project/ip-subnet.ts';
import type { CallGate, RecordedCall } from './call-gate.ts';
import { emitNetwork, joined } from './container-lifecycle.ts';
import { hasLabels } from './event-hub.ts';
import { emit, type MemoryContainer, refusal, requireContainer, requireNetwork, type World } from './world.ts';

/** `/networks` of the in-process engine. */
export function networkCalls(world: World, gate: CallGate): NetworkCalls {
  const call = (name: string, kind: RecordedCall['kind'], reference: string, details: unknown): RecordedCall => ({
    name: `networks.${name}`,
    kind,
    subject: world.networks.get(reference)?.Name ?? reference,
    details,
  });
  return {
    list: (query, options) =>
      gate.pass(call('list', 'read', '', query), options, () =>
        structuredClone(
          [...world.networks.values()].filter(
            (network) =>
              hasLabels(network.Labels ?? {}, query.labels) &&
              // The engine's name filter matches any part of a name.
              (query.names === undefined || query.names.some((name) => network.Name.includes(name))),
          ),
        ),
      ),
    inspect: (id, options) =>
      gate.pass(call('inspect', 'read', id, undefined), options, () =>
        inspectNetwork(world, requireNetwork(world, id)),
      ),
    create: (body, options) =>
      gate.pass(call('create', 'write', body.Name, body), options, () => ({
        id: createNetwork(world, body).Id,
        warning: '',
      })),
    remove: (id, options) => gate.pass(call('remove', 'write', id, undefined), options, () => removeNetwork(world, id)),
    connect: (id, container, endpoint, options) =>
      gate.pass(call('connect', 'write', id, { container, endpoint }), options, () =>
        connect(world, requireNetwork(world, id), requireContainer(world, container), endpoint),
      ),
    disconnect: (id, container, force, options) =>
      gate.pass(call('disconnect', 'write', id, { container, force }), options, () =>
        disconnect(world, requireNetwork(world, id), requireContainer(world, container)),
      ),
  };
}

/** `POST /networks/create`: whether a name may be used twice depends on the engine. */
export function createNetwork(world: World, body: NetworkCreateRequest): NetworkInspect {
  const taken = [...world.networks.values()].some((network) => network.Name === body.Name);
  if (taken && !world.duplicateNetworkNames) {
    throw refusal('conflict', 409, `network with name ${body.Name} already exists`);
  }
  if (
    poolsOf(body).some((pool) => [...world.networks.values()].flatMap(poolsOf).some((other) => overlaps(pool, other)))
  ) {
    throw new EngineError('access-denied', 'invalid pool request: Pool overlaps with other one on this address space', {
      statusCode: 403,
    });
  }
  const network: NetworkInspect = structuredClone({
    Id: world.newId(),
    Name: body.Name,
    Created: new Date(world.now()).toISOString(),
    Driver: body.Driver ?? 'bridge',
    Scope: 'local',
    Internal: body.Internal ?? false,
    Attachable: body.Attachable ?? false,
    EnableIPv6: body.EnableIPv6 ?? false,
    IPAM: { Driver: 'default', ...body.IPAM },
    Options: body.Options ?? {},
    Labels: body.Labels ?? {},
  });
  world.networks.set(network.Id, network);
  emit(world, 'network', 'create', network.Id, { name: network.Name, type: network.Driver });
  return network;
}

function poolsOf({ IPAM: management }: Pick<NetworkInspect, 'IPAM'>): readonly IpSubnet[] {
  return (management?.Config ?? []).flatMap(({ Subnet: subnet = '' }) => parseSubnet(subnet) ?? []);
}

function membersOf(world: World, network: NetworkInspect): readonly MemoryContainer[] {
  return [...world.containers.values()].filter(
    (container) => container.state.Running && container.endpoints.some((endpoint) => endpoint.networkId === network.Id),
  );
}

function inspectNetwork(world: World, network: NetworkInspect): NetworkInspect {
  const members = membersOf(world, network).map((container) => [container.id, { Name: container.name }] as const);
  return structuredClone({ ...network, Containers: Object.fromEntries(members) });
}

function removeNetwork(world: World, id: string): void {
  const network = requireNetwork(world, id);
  const members = membersOf(world, network);
  if (members.length > 0) {
    const names = members.map((member) => `name:"${member.name}" id:"${member.id.slice(0, 12)}"`).join(' ');
    const message = `error while removing network: network ${network.Name} has active endpoints (${names})`;
    throw new EngineError('conflict', message, { statusCode: 403 });
  }
  world.networks.delete(network.Id);
  emit(world, 'network', 'destroy', network.Id, { name: network.Name, type: network.Driver });
}

function connect(world: World, network: NetworkInspect, container: MemoryContainer, request: EndpointRequest): void {
  if (container.endpoints.some((endpoint) => endpoint.networkId === network.Id || endpoint.network === network.Name)) {
    throw new EngineError(
      'access-denied',
      `endpoint with name ${container.name} already exists in network ${network.Name}`,
      {
        statusCode: 403,
      },
    );
  }
  const endpoint = { network: network.Name, request, networkId: network.Id, address: '' };
  const running = container.state.Running;
  container.endpoints = [...container.endpoints, running ? joined(world, container, endpoint) : endpoint];
  if (running) emitNetwork(world, 'connect', network.Id, container);
}

function disconnect(world: World, network: NetworkInspect, container: MemoryContainer): void {
  const remaining = container.endpoints.filter(
    (endpoint) => endpoint.networkId !== network.Id && endpoint.network !== network.Name,
  );
  if (remaining.length === container.endpoints.length) {
    throw refusal('server', 500, `container ${container.id} is not connected to network ${network.Name}`);
  }
  container.endpoints = remaining;
  if (container.state.Running) emitNetwork(world, 'disconnect', network.Id, container);
}
