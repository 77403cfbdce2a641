import type { Named, Network, Project, Volume } from '../project/project.ts';
import { normalizeProjectName } from '../project/project-name.ts';
import type { Service, ServiceNetwork } from '../project/service.ts';
import { topsailExtension } from './topsail-extension.ts';

/** What makes a copy of a project another one. */
export interface CopyOptions {
  /** Name of the copy, such as `feature-x`. */
  readonly name: string;
  /** Whether it lives as long as a lease on it does. Default false. */
  readonly leased?: boolean;
  /** What happens if it would share something with other copies. Default: `x-topsail: {isolate: …}`, else `warn`. */
  readonly isolate?: 'warn' | 'strict';
  /** A folder that no other copy uses, such as its git worktree. */
  readonly privateFolder?: string;
  /** The name of the project, if it was loaded under the name of the copy. Default: its own. */
  readonly of?: string;
}

const BRIDGE_NAME_OPTION = 'com.docker.network.bridge.name';

/** The project name of a copy. Throws a RangeError if nothing of the name can be part of one. */
export function copyName(project: string, instance: string): string {
  const name = normalizeProjectName(instance);
  if (name === '') throw new RangeError(`${JSON.stringify(instance)} cannot name a copy: it has no letter or digit`);
  return `${project}-${name}`;
}

/**
 * Another copy of a project, in the project's own terms: a project name of its own, networks and volumes under that
 * name, and no container names, which stay as aliases on the networks. Host ports and subnets are assigned while
 * planning, when it is known which are free. Throws a RangeError for a name without letters and digits.
 */
export function copyProject(project: Project, options: CopyOptions): Project {
  const of = options.of ?? project.name;
  const name = copyName(of, options.name);
  const containers = new Map(
    Object.entries(project.services).flatMap(([service, { container_name: container }]) =>
      container === undefined || container === '' ? [] : [[container, service]],
    ),
  );
  const leased = options.leased === true;
  return {
    ...project,
    name,
    services: mapNamed(project.services, (service, key) =>
      copyService(service, containers, leased ? `${of}-${key}` : undefined),
    ),
    networks: mapNamed(project.networks, (network, key) => copyNetwork(network, `${name}_${key}`)),
    volumes: mapNamed(project.volumes, (volume, key) => copyVolume(volume, `${name}_${key}`)),
    origin: {
      ...project.origin,
      instance: {
        name: normalizeProjectName(options.name),
        of,
        leased,
        isolate:
          options.isolate ?? (topsailExtension(project.extensions).get('isolate') === 'strict' ? 'strict' : 'warn'),
        ...(options.privateFolder === undefined ? {} : { privateFolder: options.privateFolder }),
      },
    },
  };
}

/** Applies a function to every value; names stay plain names. */
export function mapNamed<From, To>(named: Named<From>, map: (value: From, name: string) => To): Named<To> {
  const result: Record<string, To> = Object.create(null) as Record<string, To>;
  for (const [name, value] of Object.entries(named)) result[name] = map(value, name);
  return result;
}

function copyNetwork(network: Network, name: string): Network {
  if (network.external === true) return network;
  const { driver_opts: options, ...rest } = network;
  if (options === undefined) return { ...rest, name };
  const { [BRIDGE_NAME_OPTION]: _, ...free } = options;
  return { ...rest, name, driver_opts: free };
}

function copyVolume(volume: Volume, name: string): Volume {
  return volume.external === true ? volume : { ...volume, name };
}

/**
 * A leased copy takes the image that the project builds: it lives in the same folder and is soon gone, and an image of its
 * own would be left behind.
 */
function copyService(
  service: Service,
  containers: ReadonlyMap<string, string>,
  builtImage: string | undefined,
): Service {
  const { container_name: container, ...rest } = joinServices(service, containers);
  const image = builtImage !== undefined && service.build !== undefined && service.image === undefined;
  return {
    ...rest,
    ...(image ? { image: builtImage } : {}),
    ...(container === undefined || rest.networks === undefined
      ? {}
      : { networks: mapNamed(rest.networks, (membership) => withAlias(membership, container)) }),
  };
}

/** Who spoke to the service by its container name goes on doing so. */
function withAlias(membership: ServiceNetwork | null, alias: string): ServiceNetwork {
  return { ...membership, aliases: [...new Set([...(membership?.aliases ?? []), alias])] };
}

/** A namespace or the volumes of a container of the project, named by its container name, are those of its service. */
function joinServices(service: Service, containers: ReadonlyMap<string, string>): Service {
  const joined = new Set<string>();
  const own = (text: string): string => {
    const target = /^container:(?<name>[^:]+)(?<rest>.*)$/.exec(text)?.groups;
    const found = containers.get(target?.['name'] ?? '');
    if (found === undefined) return text;
    joined.add(found);
    return `service:${found}${target?.['rest'] ?? ''}`;
  };
  const result: Service = {
    ...service,
    ...(service.network_mode === undefined ? {} : { network_mode: own(service.network_mode) }),
    ...(service.ipc === undefined ? {} : { ipc: own(service.ipc) }),
    ...(service.pid === undefined ? {} : { pid: own(service.pid) }),
    ...(service.volumes_from === undefined
      ? {}
      : { volumes_from: service.volumes_from.map((from) => own(from).replace(/^service:/, '')) }),
  };
  const needs = [...joined].filter((name) => service.depends_on?.[name] === undefined);
  if (needs.length === 0) return result;
  const added = needs.map((name) => [name, { condition: 'service_started', restart: true, required: true }] as const);
  return { ...result, depends_on: { ...service.depends_on, ...Object.fromEntries(added) } };
}
