import type { DirectedGraph } from './directed-graph.ts';
import { walkDepthFirst } from './walk-depth-first.ts';

/**
 * All nodes, each after everything it needs; nodes that do not need each other keep the graph's order as far as
 * possible. Throws a RangeError naming the cycle of a graph that has one.
 */
export function topologicalOrder(graph: DirectedGraph): readonly string[] {
  const order: string[] = [];
  walkDepthFirst(graph, {
    leave: (id) => order.push(id),
    backEdge: (path, target) => {
      throw new RangeError(`a cycle has no order: ${[...path.slice(path.indexOf(target)), target].join(' -> ')}`);
    },
  });
  return order;
}
