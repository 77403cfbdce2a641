import { edgeLabel, type GraphView, isCriticalEdge } from './graph-view.ts';

/** A dependency graph in Graphviz' DOT; an arrow leads from a service to what it needs, bold ones are critical. */
export function renderGraphDot(view: GraphView): string {
  const critical = new Set(view.criticalPath.length > 1 ? view.criticalPath : []);
  const nodes = view.services.map(
    (service) => `  ${dotText(service.name)}${critical.has(service.name) ? ' [style=bold]' : ''};`,
  );
  const edges = view.services.flatMap((service) =>
    service.dependencies.map((edge) => {
      const attributes = [`label=${dotText(edgeLabel(edge))}`];
      if (isCriticalEdge(view, service.name, edge.service)) attributes.push('style=bold');
      else if (!edge.required) attributes.push('style=dashed');
      return `  ${dotText(service.name)} -> ${dotText(edge.service)} [${attributes.join(', ')}];`;
    }),
  );
  const head = [`digraph ${dotText(view.project)} {`, '  rankdir=LR;', '  node [shape=box];'];
  return [...head, ...nodes, ...edges, '}'].map((line) => `${line}\n`).join('');
}

function dotText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
