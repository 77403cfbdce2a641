import { createDirectedGraph, type DirectedGraph } from '../graph/directed-graph.ts';
import { findCycle } from '../graph/find-cycle.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { labelledDependencies } from '../state/labelled-services.ts';
import { DEPENDS_ON_LABEL } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';

/**
 * Who depends on whom: by the file, or by the labels of the containers where there is no file or where it no longer has
 * the service. Edges go from a service to what it needs; labels of different times that contradict each other count
 * for nothing.
 */
export function dependencyGraph(
  desired: Pick<DesiredState, 'services'> | undefined,
  observed: ObservedState,
): DirectedGraph {
  const known = new Set(desired?.services.map(({ name }) => name));
  const edges = (desired?.services ?? []).flatMap(({ name, dependencies }) =>
    dependencies.map((dependency) => ({ from: name, to: dependency.service })),
  );
  const labelled = observed.containers
    .filter(({ service, oneOff }) => !oneOff && !known.has(service))
    .flatMap(({ service, labels }) =>
      labelledDependencies(labels[DEPENDS_ON_LABEL] ?? '').map((dependency) => ({
        from: service,
        to: dependency.service,
      })),
    );
  const whole = createDirectedGraph([], [...edges, ...labelled]);
  return findCycle(whole) === undefined ? whole : createDirectedGraph([], edges);
}
