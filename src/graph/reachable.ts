import type { DirectedGraph } from './directed-graph.ts';

/** Everything the starting nodes need, directly or through others; the starting nodes only if something needs them. */
export function reachable(graph: DirectedGraph, start: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const target of graph.targets(id)) {
      if (found.has(target)) continue;
      found.add(target);
      pending.push(target);
    }
  }
  return found;
}
