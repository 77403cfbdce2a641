import { expect, test } from 'vitest';
import { createDirectedGraph } from '../../../src/graph/directed-graph.ts';

test('names that objects inherit are plain ids and numeric ones keep their order', () => {
  const names = ['10', '2', 'constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const graph = createDirectedGraph(names, [{ from: '__proto__', to: 'constructor' }]);
  expect(graph.nodes).toEqual(names);
  expect(graph.targets('__proto__')).toEqual(['constructor']);
  expect(graph.sources('constructor')).toEqual(['__proto__']);
  expect(graph.has('valueOf')).toBe(false);
  expect(graph.targets('valueOf')).toEqual([]);
});

test('edges name nodes that were not given, and count once', () => {
  const edge = { from: 'web', to: 'db' };
  const graph = createDirectedGraph(['cache'], [edge, edge]);
  expect(graph.nodes).toEqual(['cache', 'web', 'db']);
  expect(graph.edges).toEqual([edge]);
});
