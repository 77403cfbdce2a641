import { errorMessage } from '../diagnostics/thrown.ts';
import type { PortBinding } from '../engine/container.ts';
import type { NetworkInspect } from '../engine/resource.ts';
import {
  emit,
  emitContainer,
  type MemoryContainer,
  type MemoryEndpoint,
  refusal,
  requireNetwork,
  type World,
} from './world.ts';

/** `POST /containers/{id}/start`; nothing happens if it runs. */
export function startContainer(world: World, container: MemoryContainer): void {
  if (container.state.Paused) {
    throw refusal('conflict', 409, 'cannot start a paused container, try unpause instead');
  }
  if (container.state.Running) return;
  try {
    container.endpoints = container.endpoints.map((endpoint) => joined(world, container, endpoint));
    container.ports = publishedPorts(world, container);
  } catch (error) {
    container.endpoints = container.endpoints.map((endpoint) => ({ ...endpoint, address: '' }));
    const message = errorMessage(error);
    container.state = { ...container.state, Error: message, ExitCode: 128 };
    throw error;
  }
  const test = container.config.Healthcheck?.Test ?? [];
  const checked = test.length > 0 && test[0] !== 'NONE';
  container.state = {
    Status: 'running',
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    Pid: 1000 + world.containers.size,
    ExitCode: 0,
    Error: '',
    StartedAt: new Date(world.now()).toISOString(),
    FinishedAt: container.state.FinishedAt,
    ...(checked ? { Health: { Status: 'starting', FailingStreak: 0, Log: [] } } : {}),
  };
  container.output.open();
  for (const endpoint of container.endpoints) emitNetwork(world, 'connect', endpoint.networkId, container);
  emitContainer(world, container, 'start');
  for (const listener of [...world.startListeners]) listener(container);
}

/** `POST /containers/{id}/stop`: the process ends with this exit code; nothing happens if it does not run. */
export function stopContainer(world: World, container: MemoryContainer, exitCode: number): void {
  if (!container.state.Running) return;
  emitContainer(world, container, 'kill', { signal: '15' });
  endProcess(world, container, { exitCode, outOfMemory: false, stopped: true });
  emitContainer(world, container, 'stop');
}

/** How a container's process ended. */
export interface ProcessEnd {
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** On request, so that no restart policy applies. */
  readonly stopped: boolean;
}

/** The process ends; the restart policy and `AutoRemove` do their work. */
export function endProcess(world: World, container: MemoryContainer, end: ProcessEnd): void {
  if (!container.state.Running) throw new TypeError(`container ${container.name} is not running`);
  if (end.outOfMemory) emitContainer(world, container, 'oom');
  const { Health: health, ...state } = container.state;
  container.state = {
    ...state,
    ...(health === undefined ? {} : { Health: { ...health, Status: 'unhealthy' } }),
    Status: 'exited',
    Running: false,
    Paused: false,
    Pid: 0,
    ExitCode: end.exitCode,
    OOMKilled: end.outOfMemory,
    FinishedAt: new Date(world.now()).toISOString(),
  };
  for (const endpoint of container.endpoints) emitNetwork(world, 'disconnect', endpoint.networkId, container);
  container.endpoints = container.endpoints.map((endpoint) => ({ ...endpoint, address: '' }));
  container.ports = {};
  emitContainer(world, container, 'die', { exitCode: String(end.exitCode) });
  const listeners = [...container.exitListeners];
  container.exitListeners.clear();
  for (const listener of listeners) listener(end.exitCode);
  if (!end.stopped && restartsAfter(container, end.exitCode)) {
    container.restartCount += 1;
    startContainer(world, container);
    return;
  }
  container.output.close();
  if (container.config.HostConfig?.AutoRemove === true) removeContainer(world, container, true);
}

function restartsAfter(container: MemoryContainer, exitCode: number): boolean {
  const policy = container.config.HostConfig?.RestartPolicy;
  if (policy?.Name === 'always' || policy?.Name === 'unless-stopped') return true;
  if (policy?.Name !== 'on-failure' || exitCode === 0) return false;
  const limit = policy.MaximumRetryCount ?? 0;
  return limit === 0 || container.restartCount < limit;
}

/** Takes the container away, with its anonymous volumes if asked. It must not run. */
export function removeContainer(world: World, container: MemoryContainer, volumes: boolean): void {
  container.state = { ...container.state, Status: 'removing' };
  world.containers.delete(container.id);
  if (volumes) {
    for (const name of container.anonymousVolumes) {
      if (world.volumes.delete(name)) emit(world, 'volume', 'destroy', name, { driver: 'local' });
    }
  }
  emitContainer(world, container, 'destroy');
  for (const listener of container.removalListeners) listener(container.state.ExitCode);
}

/** The engine's own health check has this result; a change of status is an event. */
export function setHealth(
  world: World,
  container: MemoryContainer,
  status: 'starting' | 'healthy' | 'unhealthy',
  output: string,
): void {
  const before = container.state.Health;
  if (before === undefined) throw new TypeError(`container ${container.name} has no health check or does not run`);
  const time = new Date(world.now()).toISOString();
  const failed = status === 'unhealthy';
  const probe = { Start: time, End: time, ExitCode: failed ? 1 : 0, Output: output };
  const log = status === 'starting' ? (before.Log ?? []) : [...(before.Log ?? []), probe].slice(-5);
  container.state = {
    ...container.state,
    Health: { Status: status, FailingStreak: failed ? (before.FailingStreak ?? 0) + 1 : 0, Log: log },
  };
  if (before.Status !== status) emitContainer(world, container, `health_status: ${status}`);
}

/** The endpoint with its network resolved and, on a running container, an address. */
export function joined(world: World, container: MemoryContainer, endpoint: MemoryEndpoint): MemoryEndpoint {
  const network = requireNetwork(world, endpoint.networkId === '' ? endpoint.network : endpoint.networkId);
  const address = endpoint.request.IPAMConfig?.IPv4Address ?? freeAddress(world, network);
  if (addressesOf(world, network, container).includes(address)) {
    throw refusal('server', 500, `failed to set up container networking: Address already in use`);
  }
  return { ...endpoint, network: network.Name, networkId: network.Id, address: isVirtual(network) ? '' : address };
}

function isVirtual(network: NetworkInspect): boolean {
  return network.Driver === 'host' || network.Driver === 'null';
}

function addressesOf(world: World, network: NetworkInspect, except?: MemoryContainer): readonly string[] {
  return [...world.containers.values()]
    .filter((container) => container !== except)
    .flatMap((container) => container.endpoints)
    .filter((endpoint) => endpoint.networkId === network.Id && endpoint.address !== '')
    .map((endpoint) => endpoint.address);
}

function freeAddress(world: World, network: NetworkInspect): string {
  const position = 16 + [...world.networks.keys()].indexOf(network.Id);
  const taken = new Set(addressesOf(world, network));
  let host = 2;
  while (taken.has(`172.${position}.${host >> 8}.${host & 255}`)) host += 1;
  return `172.${position}.${host >> 8}.${host & 255}`;
}

function publishedPorts(world: World, container: MemoryContainer): { readonly [port: string]: readonly PortBinding[] } {
  const taken = new Set(
    [...world.containers.values()]
      .filter((other) => other !== container && other.state.Running)
      .flatMap((other) => Object.entries(other.ports))
      .flatMap(([port, bindings]) => bindings.map((binding) => `${binding.HostPort ?? ''}/${protocol(port)}`)),
  );
  const published = Object.entries(container.config.HostConfig?.PortBindings ?? {}).map(
    ([port, bindings]): [string, readonly PortBinding[]] => [
      port,
      bindings.map((binding) => bound(container, port, binding, taken)),
    ],
  );
  return Object.fromEntries(published);
}

function bound(container: MemoryContainer, port: string, binding: PortBinding, taken: Set<string>): PortBinding {
  const address = binding.HostIp === undefined || binding.HostIp === '' ? '0.0.0.0' : binding.HostIp;
  const wanted = binding.HostPort ?? '';
  let number = wanted;
  if (wanted === '' || wanted === '0') {
    let free = 32_768;
    while (taken.has(`${free}/${protocol(port)}`)) free += 1;
    number = String(free);
  }
  if (taken.has(`${number}/${protocol(port)}`)) {
    throw refusal(
      'server',
      500,
      `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${container.id}): Bind for ${address}:${number} failed: port is already allocated`,
    );
  }
  taken.add(`${number}/${protocol(port)}`);
  return { HostIp: address, HostPort: number };
}

function protocol(port: string): string {
  return port.split('/')[1] ?? 'tcp';
}

/** Publishes a container's joining or leaving of a network. */
export function emitNetwork(
  world: World,
  action: 'connect' | 'disconnect',
  networkId: string,
  container: MemoryContainer,
): void {
  const network = world.networks.get(networkId);
  if (network === undefined) return;
  emit(world, 'network', action, networkId, { container: container.id, name: network.Name, type: network.Driver });
}
