import type { ObservedState } from '../state/observed-state.ts';
import { uniqueAddresses } from './add-ordered-stops.ts';
import { isAlive } from './container-state.ts';
import { known, observedAddress } from './container-steps.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';

/** What a caller of `planKill` decides. */
export interface KillPolicy {
  /** Only these services; empty or absent means all. */
  readonly services?: readonly string[];
  /** Containers of services that the file does not have too. */
  readonly removeOrphans?: boolean;
  /** Default `SIGKILL`. */
  readonly killSignal?: string;
}

/**
 * Plans a signal to every running container, one-offs too, all at once. Without `services`, the names of the file, every
 * container is a part of the project.
 */
export function planKill(
  services: readonly string[] | undefined,
  observed: ObservedState,
  policy: KillPolicy = {},
): PlanResult {
  const draft = createPlanDraft();
  const asked = policy.services ?? [];
  const isPart = (service: string): boolean =>
    services === undefined || policy.removeOrphans === true || services.includes(service);
  const containers = observed.containers
    .filter(isAlive)
    .filter(({ service }) => (asked.length === 0 ? isPart(service) : asked.includes(service)));
  const addresses = uniqueAddresses(containers);
  for (const container of containers) {
    const address = addresses.get(container) ?? observedAddress(container);
    draft.add({
      id: `kill ${address}`,
      address,
      operation: {
        kind: 'kill-container',
        service: container.service,
        container: known(container),
        signal: policy.killSignal ?? 'SIGKILL',
      },
      needs: [],
      cause: 'kill',
    });
  }
  return draft.finish(observed.project);
}
