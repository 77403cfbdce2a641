import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { isAlive } from './container-state.ts';
import { known, observedAddress } from './container-steps.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';

/** What a caller of `planPause` and `planUnpause` decides. */
export interface PausePolicy {
  /** Only these services; empty or absent means all. */
  readonly services?: readonly string[];
}

/** Plans the pause of every running container, one-offs excepted. */
export function planPause(
  services: readonly string[] | undefined,
  observed: ObservedState,
  policy: PausePolicy = {},
): PlanResult {
  return planFor('pause', chosen(services, observed, policy), observed.project);
}

/** Plans the end of the pause of every running container, one-offs excepted. */
export function planUnpause(
  services: readonly string[] | undefined,
  observed: ObservedState,
  policy: PausePolicy = {},
): PlanResult {
  return planFor('unpause', chosen(services, observed, policy), observed.project);
}

/** With a file, given as the names of its services, only what it has. */
function chosen(
  services: readonly string[] | undefined,
  { containers }: ObservedState,
  { services: asked = [] }: PausePolicy,
): readonly ObservedContainer[] {
  const names = asked.length > 0 ? asked : services;
  return containers.filter(
    (container) => !container.oneOff && isAlive(container) && (names?.includes(container.service) ?? true),
  );
}

function planFor(verb: 'pause' | 'unpause', containers: readonly ObservedContainer[], project: string): PlanResult {
  const draft = createPlanDraft();
  for (const container of containers) {
    const address = observedAddress(container);
    draft.add({
      id: `${verb} ${address}`,
      address,
      operation: { kind: `${verb}-container`, service: container.service, container: known(container) },
      needs: [],
      cause: verb,
    });
  }
  return draft.finish(project);
}
