import type { DirectedGraph } from './directed-graph.ts';
import { walkDepthFirst } from './walk-depth-first.ts';

/** The first cycle met in node order as a closed path `[a, b, a]`, or undefined in an acyclic graph. */
export function findCycle(graph: DirectedGraph): readonly string[] | undefined {
  let cycle: readonly string[] | undefined;
  walkDepthFirst(graph, {
    backEdge: (path, target) => {
      cycle = [...path.slice(path.indexOf(target)), target];
      return true;
    },
  });
  return cycle;
}
