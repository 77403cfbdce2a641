import { createDirectedGraph, type DirectedGraph } from '../graph/directed-graph.ts';
import { findCycle } from '../graph/find-cycle.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { DEPENDS_ON_LABEL } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';

/**
 * Who depends on whom: by the file, or by the labels of the containers where there is no file or where it no longer has
 * the service. Edges go from a service to what it needs; labels of different times that contradict each other count
 * for nothing.
 */
export function dependencyGraph(desired: DesiredState | undefined, observed: ObservedState): DirectedGraph {
  const known = new Set(desired?.services.map(({ name }) => name));
  const edges = (desired?.services ?? []).flatMap(({ name, dependencies }) =>
    dependencies.map((dependency) => ({ from: name, to: dependency.service })),
  );
  const labelled = observed.containers
    .filter(({ service, oneOff }) => !oneOff && !known.has(service))
    .flatMap(({ service, labels }) =>
      dependencyNames(labels[DEPENDS_ON_LABEL] ?? '').map((dependency) => ({ from: service, to: dependency })),
    );
  const whole = createDirectedGraph([], [...edges, ...labelled]);
  return findCycle(whole) === undefined ? whole : createDirectedGraph([], edges);
}

/** Names in a label such as `db:service_healthy:true,cache:service_started:false`. */
function dependencyNames(label: string): readonly string[] {
  return label.split(',').flatMap((entry) => {
    const [name = ''] = entry.split(':');
    return name === '' ? [] : [name];
  });
}
