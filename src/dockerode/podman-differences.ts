import type { ContainerInspect, ContainerProcesses, EndpointSettings } from '../engine/container.ts';
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

/** Numbers by which Podman calls signals; without 15, which is the default. */
const signalNames: ReadonlyMap<string, string> = new Map([
  ['1', 'SIGHUP'],
  ['2', 'SIGINT'],
  ['3', 'SIGQUIT'],
  ['6', 'SIGABRT'],
  ['9', 'SIGKILL'],
  ['10', 'SIGUSR1'],
  ['12', 'SIGUSR2'],
]);

/** What Podman limits every container to. */
const defaultProcesses = 2048;

/**
 * A container as Docker would describe it: Podman also says what it has filled in itself, which nobody asked for. What it would fill
 * in again, so that leaving it out hides no difference, is left out.
 */
export function withoutFillings(
  connection: Pick<EngineConnection, 'product'>,
  inspect: ContainerInspect,
): ContainerInspect {
  if (connection.product !== 'podman') return inspect;
  const { StopSignal: signal = '', StopTimeout: timeout, WorkingDir: folder, Env: env, ...config } = inspect.Config;
  const { PidsLimit: processes, Ulimits: limits = [], ...host } = inspect.HostConfig;
  const filled = new Set(['TERM=xterm', 'container=podman', 'HOME=/root', `HOSTNAME=${config.Hostname ?? ''}`]);
  const name = /^\d+$/.test(signal) ? signalNames.get(signal) : signal;
  return {
    ...inspect,
    Config: {
      ...config,
      ...(env === undefined ? {} : { Env: env.filter((variable) => !filled.has(variable)) }),
      ...(folder === undefined || folder === '/' ? {} : { WorkingDir: folder }),
      ...(name === undefined || name === '' ? {} : { StopSignal: name }),
      ...(timeout === undefined || timeout === 0 ? {} : { StopTimeout: timeout }),
    },
    HostConfig: {
      ...host,
      ...(processes === undefined || processes === defaultProcesses ? {} : { PidsLimit: processes }),
      ...(limits.length === 0 || areFilled(limits) ? {} : { Ulimits: limits.map(ulimit) }),
    },
  };
}

type Ulimit = NonNullable<ContainerInspect['HostConfig']['Ulimits']>[number];

/** The two that every container gets have the same four numbers. */
function areFilled(limits: readonly Ulimit[]): boolean {
  const names = limits.map(({ Name }) => Name).toSorted();
  const numbers = new Set(limits.flatMap(({ Soft, Hard }) => [Soft, Hard]));
  return names.join(' ') === 'RLIMIT_NOFILE RLIMIT_NPROC' && numbers.size === 1;
}

function ulimit({ Name, ...numbers }: Ulimit): Ulimit {
  return { Name: Name.replace(/^RLIMIT_/, '').toLowerCase(), ...numbers };
}
