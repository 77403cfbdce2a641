import { edgeLabel, type GraphView, type GraphViewEdge } from './graph-view.ts';
import type { Painter } from './painter.ts';

/**
 * A dependency graph as a tree for the terminal: services that nothing needs at the left, what they need below them. A
 * service with dependencies is expanded where it comes first. Services of the critical path carry a `*`.
 */
export function renderGraphTree(view: GraphView, painter: Painter): string {
  const critical = new Set(view.criticalPath.length > 1 ? view.criticalPath : []);
  const dependencies = new Map(view.services.map((service) => [service.name, service.dependencies]));
  const needed = new Set(view.services.flatMap((service) => service.dependencies.map((edge) => edge.service)));
  const expanded = new Set<string>();
  const lines: string[] = [];
  const label = (name: string): string => (critical.has(name) ? painter.bold(`${name} *`) : name);
  const children = (name: string, indent: string): void => {
    const edges = dependencies.get(name) ?? [];
    expanded.add(name);
    for (const [index, edge] of edges.entries()) branch(edge, indent, index === edges.length - 1);
  };
  const branch = (edge: GraphViewEdge, indent: string, last: boolean): void => {
    const known = expanded.has(edge.service) && (dependencies.get(edge.service) ?? []).length > 0;
    const note = `(${edgeLabel(edge)})${known ? ', see above' : ''}`;
    lines.push(`${indent}${last ? '└─' : '├─'} ${label(edge.service)} ${painter.dim(note)}`);
    if (!known) children(edge.service, `${indent}${last ? '   ' : '│  '}`);
  };
  for (const { name } of view.services.filter((service) => !needed.has(service.name))) {
    lines.push(label(name));
    children(name, '');
  }
  if (critical.size > 0) lines.push('', `* critical path: ${view.criticalPath.join(' -> ')}`);
  return lines.map((line) => `${line}\n`).join('');
}
