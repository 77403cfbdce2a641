import type { DesiredService } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import { existingReplicas } from './existing-replicas.ts';

/** A dependency whose health or completion cannot be waited for, since it has no container. */
export interface MissingDependency {
  readonly dependent: string;
  readonly service: string;
  readonly required: boolean;
}

/** What `start` has to know of a service. Labels do not tell how many containers it is meant to have. */
export type ScaledService = StartableService & Partial<Pick<DesiredService, 'scale'>>;

/**
 * The dependencies that are to be healthy or to have completed, are meant to have containers and have none. As Docker Compose
 * sees it one that only has to be started is no obstacle.
 */
export function missingDependencies(
  services: readonly ScaledService[],
  observed: ObservedState,
): readonly MissingDependency[] {
  const absent = new Set(
    services
      .filter((service) => service.scale !== 0 && existingReplicas(service, observed).length === 0)
      .map(({ name }) => name),
  );
  return services.flatMap(({ name: dependent, dependencies }) =>
    dependencies
      .filter(({ service, condition }) => condition !== 'service_started' && absent.has(service))
      .map(({ service, required }) => ({ dependent, service, required })),
  );
}

/** What is said of one. */
export function missingDependencyText({ dependent, service }: MissingDependency): string {
  return `${dependent} is missing dependency ${service}`;
}
