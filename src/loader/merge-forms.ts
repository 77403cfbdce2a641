import type { DocumentNode, MappingEntry, MappingNode, SequenceNode } from '../document/node.ts';
import {
  entryOf,
  madeFrom,
  mappingNode,
  nodeFromPlain,
  scalarNode,
  sequenceNode,
  textOf,
  withDefaultMembers,
} from './tree/nodes.ts';
import { scalarText } from './tree/plain-value.ts';

/** A list for merging: a mapping becomes sorted `KEY=VALUE` items, a scalar one item, null nothing. */
export function asList(node: DocumentNode): SequenceNode {
  switch (node.kind) {
    case 'sequence':
      return node;
    case 'scalar':
      return sequenceNode(node.value === null ? [] : [node], node.span);
    case 'mapping': {
      const items = sortedEntries(node).map((entry) => assignmentNode(entry.key, entry.value, entry));
      return madeFrom(sequenceNode(items, node.span), node);
    }
  }
}

/** `KEY=VALUE` for one member, `KEY` for null; a member that is no scalar stays as it is for the schema to refuse. */
export function assignmentNode(key: string, value: DocumentNode, entry: MappingEntry): DocumentNode {
  if (value.kind !== 'scalar' || value.timestamp === true) return value;
  const { source, start } = entry.keySpan;
  const joined = source === value.span.source && value.span.end >= start;
  const span = joined ? { source, start, end: value.span.end } : value.span;
  return madeFrom(scalarNode(value.value === null ? key : `${key}=${scalarText(value)}`, span), value);
}

/** The members of a mapping in the order of their keys. */
export function sortedEntries(node: MappingNode): readonly MappingEntry[] {
  return [...node.entries.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** A mapping for merging: names of a list become members with `value`; null becomes an empty mapping. */
export function asNamedMapping(
  node: DocumentNode,
  value: null | { readonly condition: string; readonly required: boolean },
): DocumentNode {
  if (node.kind === 'mapping') return node;
  if (node.kind === 'scalar') return node.value === null ? mappingNode(new Map(), node.span) : node;
  const entries = new Map<string, MappingEntry>();
  for (const item of node.items) {
    const name = textOf(item);
    if (name === undefined) return node;
    const made = madeFrom(nodeFromPlain(value, item.span), item);
    entries.set(name, entryOf(name, withDefaultMembers(made, ['condition', 'required']), item.span));
  }
  return madeFrom(mappingNode(entries, node.span), node);
}

/** What a name in the list form of `depends_on` stands for. */
export const startedDependency = { condition: 'service_started', required: true } as const;

/** `build` as a mapping: a text is its context. */
export function asBuild(node: DocumentNode): DocumentNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  return mappingNode(new Map([['context', entryOf('context', node)]]), node.span);
}

/** `extra_hosts` as a list of `host=address`, mappings in the order of their keys. */
export function asHostList(node: DocumentNode): SequenceNode {
  if (node.kind !== 'mapping') return asList(node);
  const items = sortedEntries(node).flatMap((entry) =>
    entry.value.kind === 'sequence'
      ? entry.value.items.map((address) => assignmentNode(entry.key, address, { ...entry, keySpan: address.span }))
      : [assignmentNode(entry.key, entry.value, entry)],
  );
  return sequenceNode(items, node.span);
}
