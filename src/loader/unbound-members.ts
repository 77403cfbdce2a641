import type { DocumentNode, MappingNode } from '../document/node.ts';
import type { Named, ProjectOrigin } from '../project/project.ts';
import { memberOf, textOf } from './tree/nodes.ts';

/**
 * What of a model the canonical form leaves out, as Docker Compose does while it loads, and an engine or a user is to be told of
 * nonetheless: the paths of `label_file`, `ipam.options` and `pull_refresh_after`.
 */
export function unboundMembers(
  model: MappingNode,
): Pick<ProjectOrigin, 'labelFiles' | 'addressOptions' | 'refreshedServices'> {
  const labelFiles = Object.create(null) as Record<string, readonly string[]>;
  const addressOptions = Object.create(null) as Record<string, Named<string>>;
  const refreshedServices: string[] = [];
  for (const [name, service] of mappingsOf(model, 'services')) {
    const named = memberOf(service, 'label_file');
    if (named?.kind === 'sequence') labelFiles[name] = named.items.map((item) => textOf(item) ?? '');
    if (memberOf(service, 'pull_refresh_after') !== undefined) refreshedServices.push(name);
  }
  for (const [key, network] of mappingsOf(model, 'networks')) {
    const ipam = memberOf(network, 'ipam');
    const options = ipam?.kind === 'mapping' ? memberOf(ipam, 'options') : undefined;
    if (options?.kind === 'mapping' && options.entries.size > 0) addressOptions[key] = textsOf(options);
  }
  return {
    ...(Object.keys(labelFiles).length === 0 ? {} : { labelFiles }),
    ...(Object.keys(addressOptions).length === 0 ? {} : { addressOptions }),
    ...(refreshedServices.length === 0 ? {} : { refreshedServices }),
  };
}

function mappingsOf(model: MappingNode, section: string): readonly (readonly [key: string, value: MappingNode])[] {
  const found: DocumentNode | undefined = memberOf(model, section);
  if (found?.kind !== 'mapping') return [];
  return [...found.entries].flatMap(([key, { value }]) => (value.kind === 'mapping' ? [[key, value] as const] : []));
}

function textsOf(options: MappingNode): Named<string> {
  const texts = Object.create(null) as Record<string, string>;
  for (const [name, { value }] of options.entries) texts[name] = textOf(value) ?? '';
  return texts;
}
