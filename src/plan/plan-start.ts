import type { ObservedState } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import { addStarts } from './add-starts.ts';
import { existingReplicas } from './existing-replicas.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';
import { createRestarts } from './restarts.ts';
import { serviceScope } from './service-scope.ts';
import { startReason } from './start-reason.ts';

/** What a caller of `planStart` decides. */
export interface StartPolicy {
  /** Only these services and what they depend on; empty or absent means all. */
  readonly services?: readonly string[];
  /** `--wait`: ends when every service runs, is healthy or has completed. */
  readonly wait?: boolean;
}

/** Plans the start of containers that exist and do not run, dependencies first and under their conditions. */
export function planStart(
  services: readonly StartableService[],
  observed: ObservedState,
  policy: StartPolicy = {},
): PlanResult {
  const draft = createPlanDraft(services);
  const scope = serviceScope(services, policy.services);
  const work = scope.services.map((service) => ({ service, replicas: existingReplicas(service, observed) }));
  for (const { service, replicas } of work) {
    if (replicas.length > 0 || policy.services?.includes(service.name) !== true) continue;
    draft.notice({ kind: 'warning', address: `service:${service.name}`, text: 'it has no container to start' });
  }
  const none = createRestarts();
  addStarts(
    { services: work, policy, draft, observed, imageNodes: () => [] },
    work.flatMap(({ replicas }) => replicas),
    { reasonOf: (replica) => startReason(replica, none) },
  );
  return draft.finish(observed.project);
}
