import type { Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';

/** A service that a program beside the engine provides (Compose Specification, `provider`). It has no container. */
export interface DesiredProvider {
  readonly service: string;
  readonly type: string;
  readonly options: Named<readonly string[]>;
  /** Services that start before it. */
  readonly dependencies: readonly string[];
  /** The environment of the program. */
  readonly environment: Named<string>;
}

/** The provided services of a project. */
export function desiredProviders(project: Project): readonly DesiredProvider[] {
  return Object.entries(project.services).flatMap(([service, { provider, depends_on: needs = {} }]) =>
    provider === undefined
      ? []
      : [
          {
            service,
            type: provider.type,
            options: provider.options ?? {},
            dependencies: Object.keys(needs),
            environment: project.origin.environment,
          },
        ],
  );
}

/** Provided services that a service depends on: their variables become part of its environment. */
export function providersOf(project: Project, service: Service): readonly string[] {
  return Object.keys(service.depends_on ?? {}).filter((name) => project.services[name]?.provider !== undefined);
}

/** What comes before the names of a provider's variables in the environment of services that depend on it. */
export function variablePrefix(provider: string): string {
  return `${provider.toUpperCase()}_`;
}
