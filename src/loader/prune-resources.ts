import type { Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { buildSecretNames } from './build-secret-names.ts';

/** The top-level resources of a project. */
export type Resources = Pick<Project, 'networks' | 'volumes' | 'configs' | 'secrets' | 'models'>;

/** Drops what no enabled service refers to (spec-facts 4.17). */
export function pruneResources(resources: Resources, services: Named<Service>): Resources {
  const used = {
    networks: new Set<string>(),
    volumes: new Set<string>(),
    configs: new Set<string>(),
    secrets: new Set<string>(),
    models: new Set<string>(),
  };
  for (const service of Object.values(services)) {
    for (const name of Object.keys(service.networks ?? {})) used.networks.add(name);
    for (const mount of service.volumes ?? []) {
      if (mount.type === 'volume' && mount.source !== undefined) used.volumes.add(mount.source);
    }
    for (const config of service.configs ?? []) used.configs.add(config.source);
    for (const secret of service.secrets ?? []) used.secrets.add(secret.source);
    for (const name of buildSecretNames(service)) used.secrets.add(name);
    for (const name of Object.keys(service.models ?? {})) used.models.add(name);
  }
  return {
    networks: keep(resources.networks, used.networks),
    volumes: keep(resources.volumes, used.volumes),
    configs: keep(resources.configs, used.configs),
    secrets: keep(resources.secrets, used.secrets),
    models: keep(resources.models, used.models),
  };
}

function keep<T>(named: Named<T>, used: ReadonlySet<string>): Named<T> {
  const kept = Object.create(null) as Record<string, T>;
  for (const [name, value] of Object.entries(named)) if (used.has(name)) kept[name] = value;
  return kept;
}
