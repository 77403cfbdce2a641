import { expect, test } from 'vitest';
import { renderGraphDot } from '../../../src/report/graph-dot.ts';
import { renderGraphMermaid } from '../../../src/report/graph-mermaid.ts';
import { renderGraphTree } from '../../../src/report/graph-tree.ts';
import type { GraphView, GraphViewEdge } from '../../../src/report/graph-view.ts';
import { createPainter } from '../../../src/report/painter.ts';

function edge(service: string, more: Partial<GraphViewEdge> = {}): GraphViewEdge {
  return { service, condition: 'service_healthy', required: true, restart: false, ...more };
}

const blog: GraphView = {
  project: 'blog',
  services: [
    { name: 'web', dependencies: [edge('auth'), edge('cache', { condition: 'service_started', required: false })] },
    { name: 'auth', dependencies: [edge('db', { restart: true })] },
    { name: 'cache', dependencies: [edge('db')] },
    { name: 'db', dependencies: [edge('seed', { condition: 'service_completed_successfully' })] },
    { name: 'seed', dependencies: [] },
  ],
  criticalPath: ['seed', 'db', 'auth', 'web'],
};

test('the tree begins at what nothing needs, and expands each service once', () => {
  expect(renderGraphTree(blog, createPainter(false)).split('\n')).toEqual([
    'web *',
    '├─ auth * (healthy)',
    '│  └─ db * (healthy, restarts)',
    '│     └─ seed * (completed)',
    '└─ cache (started, optional)',
    '   └─ db * (healthy), see above',
    '',
    '* critical path: seed -> db -> auth -> web',
    '',
  ]);
});

test('services without any edge have no critical path to mark', () => {
  const view: GraphView = { project: 'p', services: [{ name: 'a', dependencies: [] }], criticalPath: ['a'] };
  expect(renderGraphTree(view, createPainter(false))).toBe('a\n');
});

test('Mermaid gets plain ids, so that a name cannot be syntax', () => {
  const view: GraphView = {
    project: 'p',
    services: [
      { name: 'end', dependencies: [edge('x"]')] },
      { name: 'x"]', dependencies: [] },
    ],
    criticalPath: ['x"]', 'end'],
  };
  expect(renderGraphMermaid(view).split('\n')).toEqual([
    'flowchart LR',
    '  service0["end"]',
    '  service1["x#quot;]"]',
    '  service0 ==>|"healthy"| service1',
    '  classDef critical stroke-width:3px',
    '  class service1,service0 critical',
    '',
  ]);
});

test('DOT marks the critical path bold and optional edges dashed', () => {
  const text = renderGraphDot(blog);
  expect(text).toContain('"web" -> "auth" [label="healthy", style=bold];');
  expect(text).toContain('"web" -> "cache" [label="started, optional", style=dashed];');
  expect(text).toContain('"cache" -> "db" [label="healthy"];');
});
