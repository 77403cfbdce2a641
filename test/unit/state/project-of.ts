import type { Network, Project, ProjectOrigin, Volume } from '../../../src/project/project.ts';
import type { Service } from '../../../src/project/service.ts';

/** A service as a test writes it: canonical, with the members every service has filled in. */
export type ServiceSketch = Partial<Service>;

/** A project in canonical form from its interesting parts: services join `default` unless they say otherwise. */
export function projectOf(parts: {
  readonly name?: string;
  readonly services: Readonly<Record<string, ServiceSketch>>;
  readonly networks?: Readonly<Record<string, Partial<Network>>>;
  readonly volumes?: Readonly<Record<string, Partial<Volume>>>;
  readonly configs?: Readonly<Record<string, Partial<Project['configs'][string]>>>;
  readonly secrets?: Readonly<Record<string, Partial<Project['secrets'][string]>>>;
  readonly origin?: Partial<ProjectOrigin>;
}): Project {
  const name = parts.name ?? 'shop';
  const named = <T extends object>(list: Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(Object.entries(list ?? {}).map(([key, value]) => [key, { name: `${name}_${key}`, ...value }]));
  const services = Object.fromEntries(Object.entries(parts.services).map(([key, sketch]) => [key, serviceOf(sketch)]));
  const joinsDefault = Object.values(services).some((service) => Object.hasOwn(service.networks ?? {}, 'default'));
  const networks = { ...(joinsDefault ? { default: {} } : {}), ...parts.networks };
  return {
    name,
    services,
    networks: Object.fromEntries(
      Object.entries(named(networks)).map(([key, network]) => [key, { ipam: {}, ...network }]),
    ),
    volumes: named(parts.volumes),
    configs: named(parts.configs),
    secrets: named(parts.secrets),
    models: {},
    extensions: {},
    origin: {
      workingDirectory: '/home/me/shop',
      configFiles: ['/home/me/shop/compose.yaml'],
      environmentFiles: [],
      environment: {},
      disabledServices: {},
      enabledServices: Object.keys(services),
      profiles: [],
      ...parts.origin,
    },
  };
}

/** A canonical service: image `busybox`, on the default network unless told otherwise. */
export function serviceOf(sketch: ServiceSketch): Service {
  const networks =
    sketch.networks === undefined && sketch.network_mode === undefined ? { networks: { default: null } } : {};
  return { image: 'busybox', command: null, entrypoint: null, ...networks, ...sketch };
}
