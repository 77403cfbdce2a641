import type { DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { addOrderedStops } from './add-ordered-stops.ts';
import { isAlive } from './container-state.ts';
import { observedAddress } from './container-steps.ts';
import { dependencyGraph } from './dependents-of.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';

/** What a caller of `planStop` decides. */
export interface StopPolicy {
  /** Only these services, without their dependents; empty or absent means all. */
  readonly services?: readonly string[];
  /** Seconds; absent leaves each container's own. */
  readonly timeoutSeconds?: number;
}

/**
 * Plans the stop of a project's containers, dependents first. Without a desired state dependencies are read from the
 * containers' labels. Containers stay; one-offs, and services that the file does not have, run on.
 */
export function planStop(
  desired: DesiredState | undefined,
  observed: ObservedState,
  policy: StopPolicy = {},
): PlanResult {
  const draft = createPlanDraft(desired?.services);
  const { services = [] } = policy;
  const names = services.length > 0 ? services : desired?.services.map(({ name }) => name);
  const containers = observed.containers.filter(({ service, oneOff }) => !oneOff && (names?.includes(service) ?? true));
  for (const container of containers.filter((each) => !isAlive(each))) {
    const address = observedAddress(container);
    draft.notice({ kind: 'up-to-date', address, name: container.name, text: 'stopped' });
  }
  addOrderedStops(draft, containers, dependencyGraph(desired, observed), {
    cause: 'stop',
    timeoutSeconds: policy.timeoutSeconds,
  });
  return draft.finish(observed.project);
}
