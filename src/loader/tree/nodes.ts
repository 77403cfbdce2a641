import type { SourceSpan } from '../../diagnostics/source-text.ts';
import type { DocumentNode, MappingEntry, MappingNode, ScalarNode, SequenceNode } from '../../document/node.ts';
import type { VariableUse } from '../../document/node-origin.ts';

/** A value as JSON has it: what a canonical form or a default is written in before it becomes nodes. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue | undefined };

/** A scalar that stands for what is written at `span`. */
export function scalarNode(value: ScalarNode['value'], span: SourceSpan): ScalarNode {
  return { kind: 'scalar', span, value, text: value === null ? '' : String(value), quoted: typeof value === 'string' };
}

/** A scalar that nobody wrote: a default. `span` is what it belongs to. */
export function defaultNode(value: ScalarNode['value'], span: SourceSpan): ScalarNode {
  return { ...scalarNode(value, span), origin: { unwritten: 'default' } };
}

/** `node`, made from `from`: what `from` replaced and what made it holds for `node` too. */
export function madeFrom<T extends DocumentNode>(node: T, from: DocumentNode): T {
  const { replaced, origin } = from;
  if (replaced === undefined && origin === undefined) return node;
  return { ...node, ...(replaced === undefined ? {} : { replaced }), ...(origin === undefined ? {} : { origin }) };
}

/** `node` with the variables that went into it noted; nothing changes when there are none. */
export function withUses<T extends DocumentNode>(node: T, uses: readonly VariableUse[] | undefined): T {
  return uses === undefined ? node : { ...node, origin: { ...node.origin, uses } };
}

/** `winner` with `loser` below everything that it has replaced already. */
export function replacing<T extends DocumentNode>(winner: T, loser: DocumentNode): T {
  if (winner.replaced === undefined) return { ...winner, replaced: loser };
  let replaced = loser;
  for (const node of replacedBy(winner).toReversed()) replaced = { ...node, replaced };
  return { ...winner, replaced };
}

/** What a node replaced, and what that had replaced before, latest first. */
export function replacedBy(node: DocumentNode): readonly DocumentNode[] {
  const chain: DocumentNode[] = [];
  for (let next = node.replaced; next !== undefined; next = next.replaced) chain.push(next);
  return chain;
}

/** A mapping some of whose members are defaults rather than written. */
export function withDefaultMembers<T extends DocumentNode>(node: T, names: readonly string[]): T | MappingNode {
  if (node.kind !== 'mapping') return node;
  return mapMembers(node, (value, key) => (names.includes(key) ? withUnwritten(value, 'default') : value));
}

/** A value that nobody wrote, with everything in it. */
export function withUnwritten(node: DocumentNode, unwritten: 'default' | 'implied'): DocumentNode {
  const marked = { ...node, origin: { ...node.origin, unwritten } };
  return marked.kind === 'mapping' ? mapMembers(marked, (value) => withUnwritten(value, unwritten)) : marked;
}

/** A list that stands for what is written at `span`. */
export function sequenceNode(items: readonly DocumentNode[], span: SourceSpan): SequenceNode {
  return { kind: 'sequence', span, items };
}

/** A mapping that stands for what is written at `span`. */
export function mappingNode(entries: ReadonlyMap<string, MappingEntry>, span: SourceSpan): MappingNode {
  return { kind: 'mapping', span, entries };
}

/** A member whose key is written at `keySpan`. */
export function entryOf(key: string, value: DocumentNode, keySpan: SourceSpan = value.span): MappingEntry {
  return { key, keySpan, value };
}

/** Turns a plain value into nodes that all point at `span`. Absent members are left out. */
export function nodeFromPlain(value: PlainValue, span: SourceSpan): DocumentNode {
  if (value === null || typeof value !== 'object') return scalarNode(value, span);
  if (Array.isArray(value)) {
    return sequenceNode(
      value.map((item: PlainValue) => nodeFromPlain(item, span)),
      span,
    );
  }
  const entries = new Map<string, MappingEntry>();
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) entries.set(key, entryOf(key, nodeFromPlain(member, span)));
  }
  return mappingNode(entries, span);
}

/** The member of a mapping; undefined for anything that is not a mapping or lacks it. */
export function memberOf(node: DocumentNode | undefined, key: string): DocumentNode | undefined {
  return node?.kind === 'mapping' ? node.entries.get(key)?.value : undefined;
}

/** The text of a scalar that is a string; undefined for anything else. */
export function textOf(node: DocumentNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The text of the string member of a mapping. */
export function memberText(node: DocumentNode | undefined, key: string): string | undefined {
  return textOf(memberOf(node, key));
}

/** Whether a node is absent or null. */
export function isNull(node: DocumentNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** A copy of a mapping with one member set; the key keeps its place if it is there. */
export function withMember(node: MappingNode, key: string, value: DocumentNode): MappingNode {
  const entries = new Map(node.entries);
  entries.set(key, { key, keySpan: node.entries.get(key)?.keySpan ?? value.span, value });
  return { ...node, entries };
}

/** A copy of a mapping without one member. */
export function withoutMember(node: MappingNode, key: string): MappingNode {
  if (!node.entries.has(key)) return node;
  const entries = new Map(node.entries);
  entries.delete(key);
  return { ...node, entries };
}

/** A copy of a mapping whose values went through `change`; the mapping itself when none changed. */
export function mapMembers(
  node: MappingNode,
  change: (value: DocumentNode, key: string, entry: MappingEntry) => DocumentNode,
): MappingNode {
  let entries: Map<string, MappingEntry> | undefined;
  for (const [key, entry] of node.entries) {
    const value = change(entry.value, key, entry);
    if (value === entry.value) continue;
    entries ??= new Map(node.entries);
    entries.set(key, { ...entry, value });
  }
  return entries === undefined ? node : { ...node, entries };
}

/** A copy of a list whose items went through `change`; the list itself when none changed. */
export function mapItems(
  node: SequenceNode,
  change: (item: DocumentNode, index: number) => DocumentNode,
): SequenceNode {
  let items: DocumentNode[] | undefined;
  for (const [index, item] of node.items.entries()) {
    const changed = change(item, index);
    if (changed === item) continue;
    items ??= [...node.items];
    items[index] = changed;
  }
  return items === undefined ? node : { ...node, items };
}

/** Applies a change to one member if the mapping has it. */
export function changeMember(
  node: MappingNode,
  key: string,
  change: (value: DocumentNode) => DocumentNode,
): MappingNode {
  const value = node.entries.get(key)?.value;
  if (value === undefined) return node;
  const changed = change(value);
  return changed === value ? node : withMember(node, key, changed);
}
