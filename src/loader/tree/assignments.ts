import type { DocumentNode, MappingEntry, MappingNode } from '../../document/node.ts';
import { entryOf, madeFrom, mappingNode, replacedBy, replacing, scalarNode, textOf } from './nodes.ts';

/** `KEY=VALUE` items as a mapping whose members point at their item; a bare `KEY` becomes null. */
export function asMappingOfAssignments(node: DocumentNode): MappingNode {
  if (node.kind === 'mapping') return node;
  const entries = new Map<string, MappingEntry>();
  for (const item of node.kind === 'sequence' ? node.items : []) {
    const text = textOf(item);
    if (text === undefined) continue;
    const equals = text.indexOf('=');
    const key = equals === -1 ? text : text.slice(0, equals);
    entries.set(key, entryOf(key, assignedValue(item)));
  }
  return madeFrom(mappingNode(entries, node.span), node);
}

/** Sets a member over the value that it has so far. */
export function assignOver(entries: Map<string, MappingEntry>, entry: MappingEntry): void {
  const earlier = entries.get(entry.key)?.value;
  entries.set(entry.key, earlier === undefined ? entry : { ...entry, value: replacing(entry.value, earlier) });
}

/** The value in a `KEY=VALUE` item, and those in the items that it replaced; null for a bare `KEY`. */
export function assignedValue(item: DocumentNode): DocumentNode {
  let replaced: DocumentNode | undefined;
  for (const node of [item, ...replacedBy(item)].toReversed()) {
    const value = assignedScalar(node);
    replaced = replaced === undefined ? value : { ...value, replaced };
  }
  return replaced ?? item;
}

function assignedScalar(item: DocumentNode): DocumentNode {
  const text = textOf(item);
  if (text === undefined) return item;
  const equals = text.indexOf('=');
  const value = scalarNode(equals === -1 ? null : text.slice(equals + 1), item.span);
  return item.origin === undefined ? value : { ...value, origin: item.origin };
}
