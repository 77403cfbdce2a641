import type { SourceSpan } from '../../diagnostics/source-text.ts';
import type { DocumentNode, SequenceNode } from '../../document/node.ts';
import { parseExtraHost } from '../../project/extra-host.ts';
import type { JsonValue } from '../../project/project.ts';
import { assignedValue } from './assignments.ts';
import { textOf } from './nodes.ts';

/** A node, and the place of its key if it has one. */
export interface FoundNode {
  readonly node: DocumentNode;
  readonly keySpan?: SourceSpan;
}

/**
 * The node that the member or item `key` of the value of an attribute was made from, where the value was made from
 * `node`. Binding turns lists of assignments into mappings, texts into lists, and mappings of hosts and keys into sorted
 * lists. Undefined when there is no such node: the member is a default.
 */
export function descend(
  node: DocumentNode,
  { attribute, value }: { readonly attribute: string; readonly value: JsonValue },
  key: string,
): FoundNode | undefined {
  if (isList(value)) return itemNode(node, { attribute, value }, key);
  if (node.kind === 'mapping') {
    const entry = node.entries.get(key);
    return entry === undefined ? undefined : { node: entry.value, keySpan: entry.keySpan };
  }
  return node.kind === 'sequence' ? assignmentTo(node, key) : undefined;
}

/** As {@link descend} for a node whose value was never bound; `isItem` tells a list from a mapping. */
export function descendLoosely(node: DocumentNode, key: string, isItem: boolean): DocumentNode | undefined {
  if (node.kind === 'mapping') return node.entries.get(key)?.value;
  if (node.kind === 'scalar' || isItem) return undefined;
  return assignmentTo(node, key)?.node;
}

function itemNode(
  node: DocumentNode,
  { attribute, value: list }: { readonly attribute: string; readonly value: readonly JsonValue[] },
  key: string,
): FoundNode | undefined {
  const value = list[Number(key)];
  switch (node.kind) {
    case 'scalar':
      // `test: command` stands for `[CMD-SHELL, command]`.
      return attribute === 'test' && key === '0' ? undefined : { node };
    case 'sequence': {
      const item = attribute === 'extra_hosts' ? hostNamed(node, value) : node.items[Number(key)];
      return item === undefined ? undefined : { node: item };
    }
    case 'mapping': {
      const [name = '', assigned] = typeof value === 'string' ? value.split(/=(.*)/s) : [];
      const entry = node.entries.get(name);
      if (entry === undefined) return undefined;
      const items = entry.value.kind === 'sequence' ? entry.value.items : [];
      return { node: items.find((item) => textOf(item) === assigned) ?? entry.value, keySpan: entry.keySpan };
    }
  }
}

function hostNamed(node: SequenceNode, value: JsonValue | undefined): DocumentNode | undefined {
  return node.items.find((item) => hostItems(item).some((text) => text === value));
}

function hostItems(item: DocumentNode): readonly string[] {
  try {
    const { host, addresses } = parseExtraHost(textOf(item) ?? '');
    return addresses.map((address) => `${host}=${address}`);
  } catch (thrown) {
    if (thrown instanceof RangeError) return [];
    throw thrown;
  }
}

/** The value of the last `KEY=VALUE` item with a key. */
function assignmentTo(node: SequenceNode, key: string): FoundNode | undefined {
  const item = node.items.findLast((candidate) => textOf(candidate)?.split('=', 1)[0] === key);
  return item === undefined ? undefined : { node: assignedValue(item) };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
