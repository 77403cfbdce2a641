import type { ContainerInspect, ContainerSummary, EndpointSettings } from '../engine/container.ts';
import type { MemoryContainer } from './world.ts';

/** `GET /containers/{id}/json`. */
export function inspectView(container: MemoryContainer): ContainerInspect {
  const { HostConfig: host, NetworkingConfig: _networking, ...config } = container.config;
  return structuredClone({
    Id: container.id,
    Name: `/${container.name}`,
    Created: new Date(container.created).toISOString(),
    Image: container.imageId,
    RestartCount: container.restartCount,
    Platform: 'linux',
    State: container.state,
    Config: config,
    HostConfig: host ?? {},
    Mounts: container.mounts,
    NetworkSettings: { Networks: endpointViews(container), Ports: container.ports },
  });
}

/** One row of `GET /containers/json`. */
export function summaryView(container: MemoryContainer, now: number): ContainerSummary {
  const { Entrypoint: entrypoint = [], Cmd: command = [] } = container.config;
  return structuredClone({
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.config.Image,
    ImageID: container.imageId,
    Command: [...entrypoint, ...command].join(' '),
    Created: Math.floor(container.created / 1000),
    State: container.state.Status,
    Status: statusWords(container, now),
    Labels: container.config.Labels ?? {},
    Ports: Object.entries(container.ports).flatMap(([port, bindings]) =>
      bindings.map((binding) => portView(port, binding.HostIp ?? '', binding.HostPort ?? '')),
    ),
    Mounts: container.mounts,
    NetworkSettings: { Networks: endpointViews(container) },
  });
}

function portView(port: string, address: string, published: string): ContainerSummary['Ports'][number] {
  const [number = '', protocol = 'tcp'] = port.split('/');
  return { IP: address, PrivatePort: Number(number), PublicPort: Number(published), Type: protocol };
}

function endpointViews(container: MemoryContainer): { readonly [network: string]: EndpointSettings } {
  return Object.fromEntries(
    container.endpoints.map((endpoint): [string, EndpointSettings] => [
      endpoint.network,
      {
        NetworkID: endpoint.networkId,
        EndpointID: endpoint.address === '' ? '' : `${endpoint.networkId.slice(0, 32)}${container.id.slice(0, 32)}`,
        IPAddress: endpoint.address,
        MacAddress: endpoint.request.MacAddress ?? '',
        Aliases: endpoint.request.Aliases ?? null,
        Links: endpoint.request.Links ?? null,
        DriverOpts: endpoint.request.DriverOpts ?? null,
        GwPriority: endpoint.request.GwPriority ?? 0,
        IPAMConfig: endpoint.request.IPAMConfig ?? null,
      },
    ]),
  );
}

/** The engine's words of a container's state, such as `Up 3 seconds (healthy)`. */
function statusWords(container: MemoryContainer, now: number): string {
  const { state } = container;
  const since = (time: string): string => agoWords(Math.max(0, now - Date.parse(time)));
  const health = state.Health?.Status;
  switch (state.Status) {
    case 'created':
      return 'Created';
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'exited':
      return `Exited (${state.ExitCode}) ${since(state.FinishedAt)} ago`;
    case 'restarting':
      return `Restarting (${state.ExitCode}) ${since(state.FinishedAt)} ago`;
    case 'paused':
      return `Up ${since(state.StartedAt)} (Paused)`;
    case 'running':
      if (health === undefined || health === 'none') return `Up ${since(state.StartedAt)}`;
      return `Up ${since(state.StartedAt)} (${health === 'starting' ? 'health: starting' : health})`;
  }
}

function agoWords(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  return seconds < 60 ? `${seconds} seconds` : `${Math.floor(seconds / 60)} minutes`;
}
