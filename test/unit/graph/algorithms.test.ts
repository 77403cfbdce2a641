import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { criticalPath } from '../../../src/graph/critical-path.ts';
import { createDirectedGraph, type DirectedGraph } from '../../../src/graph/directed-graph.ts';
import { findCycle } from '../../../src/graph/find-cycle.ts';
import { reachable } from '../../../src/graph/reachable.ts';
import { reverse } from '../../../src/graph/reverse.ts';
import { topologicalOrder } from '../../../src/graph/topological-order.ts';
import { transitiveReduction } from '../../../src/graph/transitive-reduction.ts';

function graphOf(text: string): DirectedGraph {
  const edges = text.split(',').map((pair) => {
    const [from = '', to = ''] = pair.trim().split('>');
    return { from, to };
  });
  return createDirectedGraph([], edges);
}

const anyName = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'constructor', '__proto__', '7');
const anyGraph = fc
  .array(fc.record({ from: anyName, to: anyName }), { maxLength: 20 })
  .map((edges) => createDirectedGraph([], edges));
const acyclicGraph = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 40 }).map((pairs) =>
  createDirectedGraph(
    [],
    pairs.filter(([a, b]) => a !== b).map(([a, b]) => ({ from: String(Math.max(a, b)), to: String(Math.min(a, b)) })),
  ),
);

function longChain(length: number): DirectedGraph {
  const names = Array.from({ length }, (_, index) => `service-${index}`);
  return createDirectedGraph(
    names,
    names.slice(1).map((from, index) => ({ from, to: names[index] ?? '' })),
  );
}

describe('findCycle', () => {
  test('gives the closed path of the cycle only', () => {
    expect(findCycle(graphOf('start>a, a>b, b>c, c>a'))).toEqual(['a', 'b', 'c', 'a']);
  });

  test('sees a node that needs itself', () => {
    expect(findCycle(graphOf('a>b, b>b'))).toEqual(['b', 'b']);
  });

  test('finds nothing in a diamond', () => {
    expect(findCycle(graphOf('a>b, a>c, b>d, c>d'))).toBeUndefined();
  });

  test('every edge of the path it gives exists, and a graph without one has an order', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const cycle = findCycle(graph);
        if (cycle === undefined) {
          expect(topologicalOrder(graph)).toHaveLength(graph.nodes.length);
          return;
        }
        expect(cycle.at(0)).toBe(cycle.at(-1));
        for (const [index, id] of cycle.slice(0, -1).entries()) expect(graph.targets(id)).toContain(cycle[index + 1]);
        expect(() => topologicalOrder(graph)).toThrow(RangeError);
      }),
    );
  });
});

describe('topologicalOrder', () => {
  test('puts what is needed first and keeps the given order otherwise', () => {
    const graph = createDirectedGraph(['web', 'db', 'cache', 'api'], [{ from: 'web', to: 'cache' }]);
    expect(topologicalOrder(graph)).toEqual(['cache', 'web', 'db', 'api']);
  });

  test('names the cycle it cannot order', () => {
    expect(() => topologicalOrder(graphOf('a>b, b>a'))).toThrow('a cycle has no order: a -> b -> a');
  });

  test('every node comes after all it needs, once', () => {
    fc.assert(
      fc.property(acyclicGraph, (graph) => {
        const order = topologicalOrder(graph);
        expect(new Set(order)).toEqual(new Set(graph.nodes));
        expect(order).toHaveLength(graph.nodes.length);
        for (const { from, to } of graph.edges) expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
      }),
    );
  });

  test('a chain of 10,000 nodes has no depth problem', () => {
    const graph = longChain(10_000);
    expect(topologicalOrder(graph).at(-1)).toBe('service-9999');
    expect(findCycle(graph)).toBeUndefined();
    expect(criticalPath(graph, () => 1).total).toBe(10_000);
    expect(reachable(graph, ['service-9999']).size).toBe(9_999);
  });
});

test('reverse turns every edge and twice gives the same graph', () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const turned = reverse(graph);
      expect(turned.edges).toEqual(graph.edges.map(({ from, to }) => ({ from: to, to: from })));
      expect(reverse(turned).edges).toEqual(graph.edges);
      expect(turned.nodes).toEqual(graph.nodes);
    }),
  );
});

describe('criticalPath', () => {
  test('follows the slowest branch, in the order of time', () => {
    const durations: Readonly<Record<string, number>> = { web: 1, api: 2, db: 9, cache: 3 };
    const path = criticalPath(graphOf('web>api, web>cache, api>db'), (id) => durations[id] ?? 0);
    expect(path).toEqual({ nodes: ['db', 'api', 'web'], total: 12 });
  });

  test('of an empty graph is empty', () => {
    expect(criticalPath(createDirectedGraph([], []), () => 1)).toEqual({ nodes: [], total: 0 });
  });
});

describe('transitiveReduction', () => {
  test('leaves out what a longer path implies', () => {
    expect(transitiveReduction(graphOf('a>b, b>c, a>c'))).toEqual([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ]);
  });

  test('everything reachable stays reachable, and no edge is superfluous', () => {
    fc.assert(
      fc.property(acyclicGraph, (graph) => {
        const edges = transitiveReduction(graph);
        const reduced = createDirectedGraph(graph.nodes, edges);
        for (const id of graph.nodes) expect(reachable(reduced, [id])).toEqual(reachable(graph, [id]));
        for (const edge of edges) {
          const without = createDirectedGraph(
            graph.nodes,
            edges.filter((other) => other !== edge),
          );
          expect(reachable(without, [edge.from]).has(edge.to)).toBe(false);
        }
      }),
    );
  });
});
