import type { ContainerProcesses, EndpointSettings } from '../engine/container.ts';
import type { CallOptions } from '../engine/engine.ts';
import type { NetworkInspect } from '../engine/resource.ts';
import type { EngineConnection } from './engine-connection.ts';

/** Podman filters events by its own names, although it reports them by Docker's. */
const podmanEventNames: ReadonlyMap<string, string> = new Map([
  ['die', 'died'],
  ['destroy', 'remove'],
]);

/** Event names for a filter: with Podman's own beside Docker's. */
export function eventFilterNames(connection: EngineConnection, names: readonly string[]): readonly string[] {
  if (connection.product !== 'podman') return names;
  return names.flatMap((name) => [name, podmanEventNames.get(name) ?? []].flat());
}

type Endpoints = { readonly [network: string]: EndpointSettings };

/** Podman gives a container's networks by name where Docker gives ids; this looks the ids up, in one call for all containers. */
export async function withNetworkIds(
  connection: EngineConnection,
  all: readonly Endpoints[],
  call: CallOptions | undefined,
): Promise<readonly Endpoints[]> {
  const named = (endpoint: EndpointSettings): boolean => !/^[0-9a-f]{64}$/.test(endpoint.NetworkID ?? '');
  if (connection.product !== 'podman' || !all.some((endpoints) => Object.values(endpoints).some(named))) return all;
  const networks = await connection.json<readonly NetworkInspect[]>({ method: 'GET', path: '/networks' }, call);
  const ids = new Map(networks.map((network) => [network.Name, network.Id]));
  // The list calls Podman's default network by the name of Docker's.
  const idOf = (name: string): string => ids.get(name) ?? (name === 'podman' ? ids.get('bridge') : undefined) ?? '';
  return all.map((endpoints) =>
    Object.fromEntries(
      Object.entries(endpoints).map(([name, endpoint]): [string, EndpointSettings] => [
        name,
        named(endpoint) ? { ...endpoint, NetworkID: idOf(endpoint.NetworkID ?? name) } : endpoint,
      ]),
    ),
  );
}

/** What to call a network by when removing it: Podman sees whether it is in use only if it is called by its name. */
export async function removableNetworkName(
  connection: EngineConnection,
  id: string,
  call: CallOptions | undefined,
): Promise<string> {
  if (connection.product !== 'podman') return id;
  const path = `/networks/${encodeURIComponent(id)}`;
  return (await connection.json<NetworkInspect>({ method: 'GET', path }, call)).Name;
}

/** A process table that came as whole lines, as Podman gives that of a small `ps`, in columns; the last one takes what is left. */
export function inColumns({ Titles, Processes }: ContainerProcesses): ContainerProcesses {
  const [line = '', ...others] = Titles;
  const titles = line.trim().split(/\s+/);
  if (others.length > 0 || titles.length === 1) return { Titles, Processes };
  const last = titles.length - 1;
  const columns = (row: string): readonly string[] => {
    const words = row.trim().split(/\s+/);
    return [...words.slice(0, last), words.slice(last).join(' ')];
  };
  return { Titles: titles, Processes: Processes.map(([row = '']) => columns(row)) };
}
