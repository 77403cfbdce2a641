import { Graph } from '@dagrejs/graphlib';

/** One edge, read as "from needs to". */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** An immutable directed graph over string ids. Every list keeps the order in which nodes and edges were given. */
export interface DirectedGraph {
  readonly nodes: readonly string[];
  readonly edges: readonly Edge[];
  has(id: string): boolean;
  /** What the node needs. Empty for an unknown id. */
  targets(id: string): readonly string[];
  /** What needs the node. Empty for an unknown id. */
  sources(id: string): readonly string[];
}

/** Ids are prefixed because the graph library keeps them as object keys: `constructor` and `10` are plain names here. */
const PREFIX = 'id:';

/** Builds a graph. Nodes named only by an edge are added after the given ones; repeated edges count once. */
export function createDirectedGraph(nodes: Iterable<string>, edges: Iterable<Edge>): DirectedGraph {
  const graph = new Graph({ directed: true });
  for (const id of nodes) graph.setNode(PREFIX + id);
  for (const { from, to } of edges) graph.setEdge(PREFIX + from, PREFIX + to);
  const plain = (ids: readonly string[] | undefined): readonly string[] =>
    (ids ?? []).map((id) => id.slice(PREFIX.length));
  return {
    nodes: plain(graph.nodes()),
    edges: graph.edges().map(({ v, w }) => ({ from: v.slice(PREFIX.length), to: w.slice(PREFIX.length) })),
    has: (id) => graph.hasNode(PREFIX + id),
    targets: (id) => plain(graph.successors(PREFIX + id)),
    sources: (id) => plain(graph.predecessors(PREFIX + id)),
  };
}
