import type { ObservedState } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import { addStarts } from './add-starts.ts';
import { existingReplicas } from './existing-replicas.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';
import { serviceScope } from './service-scope.ts';

/** What a caller of `planRestart` decides. */
export interface RestartPolicy {
  /** Only these services and those that restart with them; empty or absent means all. */
  readonly services?: readonly string[];
  /** `--no-deps`: leave dependents alone, even with `restart: true`. */
  readonly withoutDependents?: boolean;
  /** Seconds; absent leaves each container's own. */
  readonly timeoutSeconds?: number;
}

/**
 * Plans the restart of containers in place, also of those that do not run. Each waits for what its service depends on,
 * and a service that depends on a restarted one with `restart: true` is restarted after it.
 */
export function planRestart(
  services: readonly StartableService[],
  observed: ObservedState,
  policy: RestartPolicy = {},
): PlanResult {
  const draft = createPlanDraft(services);
  const affected = affectedServices(services, policy);
  const work = serviceScope(services)
    .services.map((service) => (affected.has(service.name) ? service : { ...service, dependencies: [] }))
    .map((service) => ({ service, replicas: existingReplicas(service, observed) }));
  addStarts(
    { services: work, policy: {}, draft, observed, imageNodes: () => [] },
    work.flatMap(({ replicas }) => replicas),
    {
      reasonOf: ({ service }) => {
        const cause = affected.get(service.name);
        if (cause === undefined) return undefined;
        return { cause, guard: undefined, restart: { timeoutSeconds: policy.timeoutSeconds } };
      },
    },
  );
  return draft.finish(observed.project);
}

/** Which services are restarted, and why. */
function affectedServices(
  services: readonly StartableService[],
  { services: named = [], withoutDependents = false }: RestartPolicy,
): ReadonlyMap<string, string> {
  const asked = named.length === 0 ? services.map(({ name }) => name) : named;
  const affected = new Map(asked.map((name) => [name, 'restart']));
  for (const name of withoutDependents ? [] : affected.keys()) {
    const dependents = services.filter(({ dependencies }) =>
      dependencies.some(({ service, restart }) => restart && service === name),
    );
    for (const dependent of dependents) {
      if (!affected.has(dependent.name)) affected.set(dependent.name, `${name} is restarted`);
    }
  }
  return affected;
}
