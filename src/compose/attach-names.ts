import type { LogSource } from '../events/event.ts';
import { identifyNode } from '../events/node-identity.ts';
import type { PreparedUp } from './prepare-up.ts';
import { sourceName } from './source-name.ts';

/** The names, in order, under which the containers of some services are going to be attached to once a plan has run. */
export function attachNames({ plan, observed }: PreparedUp, services: readonly string[]): readonly string[] {
  const shown = new Set(services);
  const sources: LogSource[] = [];
  const removed = new Set<string>();
  for (const node of plan.nodes) {
    const { operation, name, service } = identifyNode(node);
    if (operation === 'remove-container') removed.add(name);
    if (operation !== 'start-container' || service === undefined || !shown.has(service)) continue;
    sources.push({ service, replica: Number(node.address.split(':')[2] ?? 0), container: name });
  }
  for (const { service, number, name, oneOff } of observed.containers) {
    if (oneOff || number === undefined || !shown.has(service) || removed.has(name)) continue;
    sources.push({ service, replica: number, container: name });
  }
  return [...new Set(sources.map((source) => sourceName(plan.project, source)))].toSorted();
}
