import type { DirectedGraph } from './directed-graph.ts';
import { topologicalOrder } from './topological-order.ts';

/** The chain of nodes that decides how long the whole graph takes. */
export interface CriticalPath {
  /** In the order of time: what is needed first comes first. */
  readonly nodes: readonly string[];
  /** Sum of the durations along the path, in the unit they were given in. */
  readonly total: number;
}

/**
 * The longest path when every node takes its duration and starts the moment everything it needs has ended. Ties go to
 * the node given first. Throws a RangeError on a cycle.
 */
export function criticalPath(graph: DirectedGraph, duration: (id: string) => number): CriticalPath {
  const ends = new Map<string, { readonly total: number; readonly after: string | undefined }>();
  let last: string | undefined;
  for (const id of topologicalOrder(graph)) {
    let after: string | undefined;
    for (const target of graph.targets(id)) {
      if (after === undefined || totalAt(ends, target) > totalAt(ends, after)) after = target;
    }
    ends.set(id, { total: duration(id) + totalAt(ends, after), after });
    if (last === undefined || totalAt(ends, id) > totalAt(ends, last)) last = id;
  }
  const path: string[] = [];
  for (let id = last; id !== undefined; id = ends.get(id)?.after) path.push(id);
  return { nodes: path.reverse(), total: totalAt(ends, last) };
}

function totalAt(ends: ReadonlyMap<string, { readonly total: number }>, id: string | undefined): number {
  return id === undefined ? 0 : (ends.get(id)?.total ?? 0);
}
