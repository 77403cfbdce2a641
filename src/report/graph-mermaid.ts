import { edgeLabel, type GraphView, isCriticalEdge } from './graph-view.ts';

/** A dependency graph as a Mermaid flowchart; an arrow leads from a service to what it needs, thick ones are critical. */
export function renderGraphMermaid(view: GraphView): string {
  const ids = new Map(view.services.map((service, index) => [service.name, `service${String(index)}`]));
  const idOf = (name: string): string => ids.get(name) ?? 'unknown';
  const nodes = view.services.map((service) => `  ${idOf(service.name)}["${mermaidText(service.name)}"]`);
  const edges = view.services.flatMap((service) =>
    service.dependencies.map((edge) => {
      const arrow = isCriticalEdge(view, service.name, edge.service) ? '==>' : edge.required ? '-->' : '-.->';
      return `  ${idOf(service.name)} ${arrow}|"${mermaidText(edgeLabel(edge))}"| ${idOf(edge.service)}`;
    }),
  );
  const critical = view.criticalPath.length > 1 ? view.criticalPath.map(idOf) : [];
  const classes =
    critical.length === 0 ? [] : ['  classDef critical stroke-width:3px', `  class ${critical.join(',')} critical`];
  return ['flowchart LR', ...nodes, ...edges, ...classes].map((line) => `${line}\n`).join('');
}

/** Mermaid has no backslash escapes; entities are its way to write a quote. */
function mermaidText(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
