import type { ObservedState } from '../state/observed-state.ts';
import { addStarts } from './add-starts.ts';
import { existingReplicas } from './existing-replicas.ts';
import { missingDependencies, missingDependencyText, type ScaledService } from './missing-dependencies.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';
import { createRestarts } from './restarts.ts';
import { serviceScope } from './service-scope.ts';
import { type StartReason, startReason } from './start-reason.ts';
import type { StartableReplica } from './startable-replica.ts';

/** What a caller of `planStart` decides. */
export interface StartPolicy {
  /** Only these services and what they depend on; empty or absent means all. */
  readonly services?: readonly string[];
  /** `--wait`: ends when every service runs, is healthy or has completed. */
  readonly wait?: boolean;
}

/**
 * Plans the start of containers that exist and do not run, dependencies first and under their conditions. What lacks a
 * required dependency is left out, with what depends on it: `blockedStarts` tells why.
 */
export function planStart(
  services: readonly ScaledService[],
  observed: ObservedState,
  policy: StartPolicy = {},
): PlanResult {
  const draft = createPlanDraft(services);
  const scope = serviceScope(services, policy.services);
  const missing = missingDependencies(scope.services, observed);
  const blocked = new Set<string>();
  for (const { name, dependencies } of scope.services) {
    const lacks = missing.some(({ dependent, required }) => required && dependent === name);
    if (lacks || dependencies.some(({ service, required }) => required && blocked.has(service))) blocked.add(name);
  }
  for (const each of missing.filter(({ required }) => !required)) {
    draft.notice({ kind: 'warning', text: missingDependencyText(each) });
  }
  const work = scope.services
    .filter(({ name }) => !blocked.has(name))
    .map((service) => ({ service, replicas: existingReplicas(service, observed) }));
  for (const { service, replicas } of work) {
    if (replicas.length > 0 || policy.services?.includes(service.name) !== true) continue;
    draft.notice({ kind: 'warning', address: `service:${service.name}`, text: 'it has no container to start' });
  }
  const none = createRestarts();
  addStarts(
    { services: work, policy, draft, observed, imageNodes: () => [] },
    work.flatMap(({ replicas }) => replicas),
    { reasonOf: (replica) => pausedReason(replica) ?? startReason(replica, none) },
  );
  return draft.finish(observed.project);
}

/** Why services are left out of the plan of `planStart`: what they lack, a sentence each. */
export function blockedStarts(
  services: readonly ScaledService[],
  observed: ObservedState,
  policy: StartPolicy = {},
): readonly string[] {
  return missingDependencies(serviceScope(services, policy.services).services, observed)
    .filter(({ required }) => required)
    .map(missingDependencyText);
}

/** `start` leaves it to the engine to say that a paused container is unpaused and not started. */
function pausedReason({ container }: StartableReplica): StartReason | undefined {
  return container?.status === 'paused' ? { cause: 'it is paused', guard: undefined } : undefined;
}
