import type { DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { addOrderedStops, uniqueAddresses } from './add-ordered-stops.ts';
import { isAlive } from './container-state.ts';
import { addRemoval, observedAddress } from './container-steps.ts';
import { dependencyGraph } from './dependents-of.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';

/** What a caller of `planRemove` decides. */
export interface RemovePolicy {
  /** Only these services; empty or absent means all. */
  readonly services?: readonly string[];
  /** Stop what runs first, dependents before what they depend on, and remove it too. */
  readonly stop?: boolean;
  /** Anonymous volumes too. */
  readonly volumes?: boolean;
}

/** Plans the removal of containers that do not run, one-offs excepted, under one question. */
export function planRemove(
  desired: DesiredState | undefined,
  observed: ObservedState,
  policy: RemovePolicy = {},
): PlanResult {
  const draft = createPlanDraft(desired?.services);
  const asked = policy.services ?? [];
  const names = asked.length > 0 ? asked : desired?.services.map(({ name }) => name);
  const containers = observed.containers.filter(
    (container) =>
      !container.oneOff &&
      (names?.includes(container.service) ?? true) &&
      (policy.stop === true || !isAlive(container)),
  );
  if (containers.length === 0) return draft.finish(observed.project);
  const question = 'remove containers';
  draft.confirm({
    id: question,
    question: `Going to remove ${containers
      .map(({ name }) => name)
      .toSorted()
      .join(', ')}`,
    defaultAnswer: false,
  });
  const guard = { kind: 'confirmed', question } as const;
  const step = { cause: 'rm', guard, timeoutSeconds: undefined };
  const graph = dependencyGraph(desired, observed);
  addOrderedStops(draft, containers, graph, step);
  const addresses = uniqueAddresses(containers);
  for (const container of containers) {
    const address = addresses.get(container) ?? observedAddress(container);
    addRemoval(draft, container, { ...step, address, volumes: policy.volumes === true });
  }
  return draft.finish(observed.project);
}
