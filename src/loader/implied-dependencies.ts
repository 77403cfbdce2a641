import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingEntry, MappingNode } from '../document/node.ts';
import {
  entryOf,
  mappingNode,
  memberOf,
  memberText,
  nodeFromPlain,
  textOf,
  withMember,
  withUnwritten,
} from './tree/nodes.ts';

/** A dependency that another attribute implies. */
interface ImpliedDependency {
  readonly service: string;
  readonly restart: boolean;
  readonly at: SourceSpan;
}

const sharedNamespaces = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** Adds the dependencies that links, shared namespaces and `volumes_from` imply (spec-facts 18.8 to 18.11). */
export function addImpliedDependencies(service: MappingNode): MappingNode {
  const implied = impliedDependencies(service);
  if (implied.length === 0) return service;
  const written = memberOf(service, 'depends_on');
  const entries = new Map<string, MappingEntry>(written?.kind === 'mapping' ? written.entries : []);
  for (const { service: name, restart, at } of implied) {
    if (entries.has(name)) continue;
    const edge = { condition: 'service_started', restart, required: true };
    entries.set(name, entryOf(name, withUnwritten(nodeFromPlain(edge, at), 'implied'), at));
  }
  const dependencies = mappingNode(entries, written?.span ?? implied[0]?.at ?? service.span);
  const origin = { unwritten: 'implied' } as const;
  return withMember(service, 'depends_on', written === undefined ? { ...dependencies, origin } : dependencies);
}

function impliedDependencies(service: MappingNode): readonly ImpliedDependency[] {
  const implied: ImpliedDependency[] = [];
  for (const item of itemsOf(memberOf(service, 'links'))) {
    const [name = '', , more] = (textOf(item) ?? '').split(':');
    const target = more === undefined ? name : (textOf(item) ?? '');
    implied.push({ service: target, restart: true, at: item.span });
  }
  for (const name of sharedNamespaces) {
    const value = memberText(service, name);
    const at = memberOf(service, name)?.span ?? service.span;
    if (value?.startsWith('service:') === true) {
      implied.push({ service: value.slice('service:'.length), restart: true, at });
    }
  }
  for (const item of itemsOf(memberOf(service, 'volumes_from'))) {
    const text = textOf(item) ?? '';
    const [name = ''] = text.split(':');
    if (!text.startsWith('container:')) implied.push({ service: name, restart: false, at: item.span });
  }
  return implied;
}

function itemsOf(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}
