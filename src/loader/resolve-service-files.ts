import type { MappingNode } from '../document/node.ts';
import type { Named } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { readEnvironment, readAssignments } from './bind/list-readers.ts';
import { type BindScope, below } from './bind/reader.ts';
import type { CanonicalLoad } from './load-canonical-model.ts';
import { loadEnvironmentFiles } from './load-environment-files.ts';
import { loadLabelFiles } from './load-label-files.ts';
import type { LoadSession } from './load-session.ts';
import { memberOf, withMember } from './tree/nodes.ts';

/** Reads the env and label files of services, into the services and into the tree (spec-facts 1.7). */
export async function resolveServiceFiles(
  services: Named<Service>,
  canonical: CanonicalLoad,
  session: LoadSession,
  scope: BindScope,
): Promise<{ readonly services: Named<Service>; readonly tree: MappingNode }> {
  const section = memberOf(canonical.model, 'services');
  if (section?.kind !== 'mapping') return { services, tree: canonical.model };
  const resolved = Object.create(null) as Record<string, Service>;
  let changed = section;
  for (const [name, service] of Object.entries(services)) {
    const node = memberOf(section, name);
    resolved[name] = service;
    if (node?.kind !== 'mapping' || !(node.entries.has('env_file') || node.entries.has('label_file'))) continue;
    const withVariables = await loadEnvironmentFiles(name, node, session, canonical.lookup);
    const complete = await loadLabelFiles(name, withVariables, session);
    changed = withMember(changed, name, complete);
    resolved[name] = rebind(service, complete, { path: `services.${name}`, scope });
  }
  return { services: resolved, tree: withMember(canonical.model, 'services', changed) };
}

function rebind(service: Service, node: MappingNode, place: { readonly path: string; readonly scope: BindScope }): Service {
  const environment = memberOf(node, 'environment');
  const labels = memberOf(node, 'labels');
  const variables = environment && readEnvironment(environment, below(place, 'environment'));
  const marks = labels && readAssignments(labels, below(place, 'labels'));
  return {
    ...service,
    ...(variables === undefined ? {} : { environment: variables }),
    ...(marks === undefined ? {} : { labels: marks }),
  };
}
