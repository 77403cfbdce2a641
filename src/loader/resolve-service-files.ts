import type { MappingNode } from '../document/node.ts';
import type { Named } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { inPrintingOrder } from './bind/bind-service.ts';
import { readAssignments, readEnvironment } from './bind/list-readers.ts';
import { type BindScope, below } from './bind/reader.ts';
import { loadEnvironmentFiles } from './load-environment-files.ts';
import { loadLabelFiles } from './load-label-files.ts';
import type { LoadSession } from './load-session.ts';
import type { TracedLookup } from './traced-lookup.ts';
import { memberOf, withMember } from './tree/nodes.ts';

/** Reads the env and label files of services, into the services and into the tree (spec-facts 1.7). */
export async function resolveServiceFiles(
  services: Named<Service>,
  loaded: { readonly model: MappingNode; readonly lookup: TracedLookup },
  session: LoadSession,
  scope: BindScope,
): Promise<{ readonly services: Named<Service>; readonly tree: MappingNode }> {
  const section = memberOf(loaded.model, 'services');
  if (section?.kind !== 'mapping') return { services, tree: loaded.model };
  const resolved = Object.create(null) as Record<string, Service>;
  const entries = new Map(section.entries);
  for (const [name, service] of Object.entries(services)) {
    const entry = section.entries.get(name);
    const node = entry?.value;
    resolved[name] = service;
    if (entry === undefined || node?.kind !== 'mapping') continue;
    if (!node.entries.has('env_file') && !node.entries.has('label_file')) continue;
    const withVariables = await loadEnvironmentFiles(name, node, session, loaded.lookup);
    const complete = await loadLabelFiles(name, withVariables, session);
    entries.set(name, { ...entry, value: complete });
    resolved[name] = rebind(service, complete, { path: `services.${name}`, scope });
  }
  return { services: resolved, tree: withMember(loaded.model, 'services', { ...section, entries }) };
}

function rebind(
  service: Service,
  node: MappingNode,
  place: { readonly path: string; readonly scope: BindScope },
): Service {
  const environment = memberOf(node, 'environment');
  const labels = memberOf(node, 'labels');
  const variables = environment && readEnvironment(environment, below(place, 'environment'));
  const marks = labels && readAssignments(labels, below(place, 'labels'));
  return inPrintingOrder({
    ...service,
    ...(variables === undefined ? {} : { environment: variables }),
    ...(marks === undefined ? {} : { labels: marks }),
  });
}
