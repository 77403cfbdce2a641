import type { DocumentNode } from '../document/node.ts';

/** What a date is to the validator: neither text nor number, nor anything else the schema could ask for. */
export const dateValue: unique symbol = Symbol('date');

type PlainMapping = { [key: string]: PlainValue };

/** What the validator sees: JSON values, mappings without a prototype, and {@link dateValue}. */
export type PlainValue = null | boolean | number | string | typeof dateValue | readonly PlainValue[] | PlainMapping;

function convert(node: DocumentNode, known: Map<DocumentNode, PlainValue>): PlainValue {
  if (node.kind === 'scalar') return node.timestamp === true ? dateValue : node.value;
  const before = known.get(node);
  if (before !== undefined) return before;
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => convert(item, known));
    known.set(node, items);
    return items;
  }
  const mapping = Object.create(null) as PlainMapping;
  for (const [key, entry] of node.entries) mapping[key] = convert(entry.value, known);
  known.set(node, mapping);
  return mapping;
}

/** The plain value of a tree. Nodes that several aliases share become one shared value. */
export function toPlainValue(root: DocumentNode): PlainValue {
  return convert(root, new Map());
}
