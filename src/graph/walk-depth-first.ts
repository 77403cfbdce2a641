import type { DirectedGraph } from './directed-graph.ts';

/** What a depth-first walk reports. */
export interface DepthFirstVisitor {
  /** A node whose targets have all been left. */
  readonly leave?: (id: string) => void;
  /** An edge back into the current path, which is passed from its root on. Returning true ends the walk. */
  readonly backEdge?: (path: readonly string[], target: string) => boolean;
}

/** Walks every node once, targets first, in the graph's own order; without recursion, so that depth has no limit. */
export function walkDepthFirst(graph: DirectedGraph, visitor: DepthFirstVisitor): void {
  const left = new Set<string>();
  for (const root of graph.nodes) {
    if (!left.has(root) && walkFrom(graph, root, left, visitor)) return;
  }
}

function walkFrom(graph: DirectedGraph, root: string, left: Set<string>, visitor: DepthFirstVisitor): boolean {
  const path = [root];
  const onPath = new Set(path);
  const pending = [graph.targets(root)[Symbol.iterator]()];
  for (let targets = pending.at(-1); targets !== undefined; targets = pending.at(-1)) {
    const next = targets.next();
    if (next.done === true) {
      const id = path.pop() ?? root;
      pending.pop();
      onPath.delete(id);
      left.add(id);
      visitor.leave?.(id);
    } else if (onPath.has(next.value)) {
      if (visitor.backEdge?.(path, next.value) === true) return true;
    } else if (!left.has(next.value)) {
      path.push(next.value);
      onPath.add(next.value);
      pending.push(graph.targets(next.value)[Symbol.iterator]());
    }
  }
  return false;
}
