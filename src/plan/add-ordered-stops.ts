import type { DirectedGraph } from '../graph/directed-graph.ts';
import { reachable } from '../graph/reachable.ts';
import { reverse } from '../graph/reverse.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { ensureStop, needBeforeStop, observedAddress, strayAddress } from './container-steps.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { StepOptions } from './step-options.ts';

/**
 * Adds stops in reverse dependency order: a container stops the moment everything that depends on it, directly or
 * through others, has stopped. Returns the stop of each container that has one.
 */
export function addOrderedStops(
  draft: PlanDraft,
  containers: readonly ObservedContainer[],
  graph: DirectedGraph,
  options: Pick<StepOptions, 'cause' | 'guard'> & { readonly timeoutSeconds: number | undefined },
): ReadonlyMap<ObservedContainer, string> {
  const stops = new Map<ObservedContainer, string>();
  const byService = new Map<string, string[]>();
  const addresses = uniqueAddresses(containers);
  for (const container of containers) {
    const address = addresses.get(container) ?? strayAddress(container);
    const stop = ensureStop(draft, container, { address, ...options });
    if (stop === undefined) continue;
    stops.set(container, stop);
    if (!container.oneOff) byService.set(container.service, [...(byService.get(container.service) ?? []), stop]);
  }
  const dependents = reverse(graph);
  for (const [service, own] of byService) {
    const needs = stopsBefore(service, byService, dependents);
    for (const stop of own) needBeforeStop(draft, stop, needs);
  }
  return stops;
}

/** Stops of the nearest dependents that have any: a dependent without containers passes the question on. */
function stopsBefore(
  service: string,
  byService: ReadonlyMap<string, readonly string[]>,
  dependents: DirectedGraph,
): readonly string[] {
  const seen = new Set<string>();
  const pending = [...dependents.targets(service)];
  const found: string[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next) || next === service) continue;
    seen.add(next);
    const stops = byService.get(next);
    if (stops === undefined) pending.push(...dependents.targets(next));
    else found.push(...stops);
  }
  return found.toSorted();
}

/** Two containers of one number, as an interrupted recreate leaves them, are told apart by their names. */
export function uniqueAddresses(
  containers: readonly ObservedContainer[],
): ReadonlyMap<ObservedContainer, ReturnType<typeof observedAddress>> {
  const taken = new Set<string>();
  return new Map(
    containers.map((container) => {
      const own = observedAddress(container);
      const address = taken.has(own) ? strayAddress(container) : own;
      taken.add(address);
      return [container, address];
    }),
  );
}

/** A service with everything that depends on it. */
export function withDependents(services: readonly string[], graph: DirectedGraph): ReadonlySet<string> {
  return new Set([...services, ...reachable(reverse(graph), services)]);
}
