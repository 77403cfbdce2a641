import { createDirectedGraph, type DirectedGraph } from './directed-graph.ts';

/** The same nodes with every edge turned round. */
export function reverse(graph: DirectedGraph): DirectedGraph {
  return createDirectedGraph(
    graph.nodes,
    graph.edges.map(({ from, to }) => ({ from: to, to: from })),
  );
}
