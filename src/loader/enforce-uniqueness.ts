import type { DocumentNode, MappingNode } from '../document/node.ts';
import { type ItemKeyKind, itemKey } from './item-key.ts';
import { changeMember, mapMembers, replacing } from './tree/nodes.ts';

/** Lists of a service whose items have a key (spec-facts 10.13 to 10.19). */
const serviceLists: ReadonlyMap<string, ItemKeyKind> = new Map<string, ItemKeyKind>([
  ...[
    ...['annotations', 'cap_add', 'cap_drop', 'dns', 'dns_opt', 'dns_search', 'environment', 'labels', 'links'],
    ...['profiles', 'sysctls', 'tmpfs'],
  ].map((name): [string, ItemKeyKind] => [name, 'assignment']),
  ['volumes', 'volume'],
  ['devices', 'device'],
  ['ports', 'port'],
  ['secrets', 'secret'],
  ['configs', 'config'],
  ['expose', 'text'],
  ['env_file', 'env-file'],
]);

const buildLists: readonly string[] = ['args', 'additional_contexts', 'tags', 'labels'];
const endpointLists: readonly string[] = ['aliases', 'link_local_ips'];

/**
 * Keeps one item per key in the lists that have keys: the content of the last, at the place of the first
 * (spec-facts section 10.13 onward). Runs before the schema sees the model, so repeats are never an error.
 */
export function enforceUniqueness(model: MappingNode): MappingNode {
  const services = changeMember(model, 'services', (node) =>
    node.kind === 'mapping' ? mapMembers(node, uniqueService) : node,
  );
  return changeMember(services, 'networks', (node) =>
    node.kind === 'mapping' ? mapMembers(node, (network) => uniqueMembers(network, ['labels'])) : node,
  );
}

function uniqueService(service: DocumentNode): DocumentNode {
  if (service.kind !== 'mapping') return service;
  return mapMembers(service, (value, name) => {
    const kind = serviceLists.get(name);
    if (kind !== undefined) return uniqueItems(value, kind);
    if (name === 'build') return uniqueMembers(value, buildLists);
    if (name === 'deploy') return uniqueMembers(value, ['labels']);
    if (name !== 'networks' || value.kind !== 'mapping') return value;
    return mapMembers(value, (endpoint) => uniqueMembers(endpoint, endpointLists));
  });
}

function uniqueMembers(node: DocumentNode, names: readonly string[]): DocumentNode {
  if (node.kind !== 'mapping') return node;
  return names.reduce(
    (changed, name) => changeMember(changed, name, (value) => uniqueItems(value, 'assignment')),
    node,
  );
}

function uniqueItems(node: DocumentNode, kind: ItemKeyKind): DocumentNode {
  if (node.kind !== 'sequence' || node.items.length < 2) return node;
  const places = new Map<string, number>();
  const items: DocumentNode[] = [];
  for (const item of node.items) {
    const key = itemKey(kind, item);
    const place = key === undefined ? undefined : places.get(key);
    if (key !== undefined && place === undefined) places.set(key, items.length);
    const earlier = place === undefined ? undefined : items[place];
    if (place === undefined || earlier === undefined) items.push(item);
    else items[place] = item === earlier ? item : replacing(item, earlier);
  }
  return items.length === node.items.length ? node : { ...node, items };
}
