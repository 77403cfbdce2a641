import type { DirectedGraph, Edge } from './directed-graph.ts';
import { reachable } from './reachable.ts';

/** The edges that no longer path implies: what a drawing has to show. Expects an acyclic graph. */
export function transitiveReduction(graph: DirectedGraph): readonly Edge[] {
  return graph.nodes.flatMap((from) => {
    const targets = graph.targets(from);
    const implied = targets.length > 1 ? reachable(graph, targets) : new Set<string>();
    return targets.filter((to) => !implied.has(to)).map((to) => ({ from, to }));
  });
}
