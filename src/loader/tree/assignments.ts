import type { DocumentNode, MappingEntry, MappingNode } from '../../document/node.ts';
import { entryOf, mappingNode, scalarNode, textOf } from './nodes.ts';

/** `KEY=VALUE` items as a mapping whose members point at their item; a bare `KEY` becomes null. */
export function asMappingOfAssignments(node: DocumentNode): MappingNode {
  if (node.kind === 'mapping') return node;
  const entries = new Map<string, MappingEntry>();
  for (const item of node.kind === 'sequence' ? node.items : []) {
    const text = textOf(item);
    if (text === undefined) continue;
    const equals = text.indexOf('=');
    const key = equals === -1 ? text : text.slice(0, equals);
    entries.set(key, entryOf(key, scalarNode(equals === -1 ? null : text.slice(equals + 1), item.span)));
  }
  return mappingNode(entries, node.span);
}
