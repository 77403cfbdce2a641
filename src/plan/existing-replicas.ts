import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import { hasTemporaryName, isAlive } from './container-state.ts';
import { observedAddress } from './container-steps.ts';
import type { StartableReplica } from './startable-replica.ts';

/**
 * The replicas of a service that exist, by number. Of two containers of one number, as an interrupted recreate leaves
 * them, the one that runs counts, else the one under the right name.
 */
export function existingReplicas(service: StartableService, observed: ObservedState): readonly StartableReplica[] {
  const chosen = new Map<number, ObservedContainer>();
  const own = observed.containers.filter((each) => each.service === service.name && !each.oneOff);
  for (const container of own.toSorted((a, b) => rank(a) - rank(b))) {
    if (container.number !== undefined && !chosen.has(container.number)) chosen.set(container.number, container);
  }
  return [...chosen]
    .toSorted(([a], [b]) => a - b)
    .map(([number, container]) => ({
      service,
      number,
      address: observedAddress(container),
      name: container.name,
      container,
      outcome: 'kept',
      guard: undefined,
      ready: [],
    }));
}

function rank(container: ObservedContainer): number {
  return (isAlive(container) ? 0 : 2) + (hasTemporaryName(container) ? 1 : 0);
}
