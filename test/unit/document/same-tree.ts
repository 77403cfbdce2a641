import type { DocumentNode } from '../../../src/document/node.ts';

/**
 * The first difference between two trees, as a path and words, or undefined: kinds, values, texts, tags, spans, order of
 * members, and which nodes are one and the same.
 */
export function differenceOf(left: DocumentNode, right: DocumentNode): string | undefined {
  return compare(left, right, '', new Map(), new Map());
}

function compare(
  left: DocumentNode,
  right: DocumentNode,
  path: string,
  partners: Map<DocumentNode, DocumentNode>,
  reverse: Map<DocumentNode, DocumentNode>,
): string | undefined {
  const partner = partners.get(left);
  if (partner !== undefined || reverse.has(right)) {
    return partner === right && reverse.get(right) === left ? undefined : `${path}: shared differently`;
  }
  partners.set(left, right);
  reverse.set(right, left);
  const [own, other] = [describe(left), describe(right)];
  if (own !== other) return `${path}: ${own} and ${other}`;
  const [children, others] = [childrenOf(left), childrenOf(right)];
  for (const [index, [name, child]] of children.entries()) {
    const [, counterpart] = others[index] ?? [];
    if (counterpart === undefined) return `${path}.${name}: missing`;
    const found = compare(child, counterpart, `${path}.${name}`, partners, reverse);
    if (found !== undefined) return found;
  }
  return undefined;
}

function describe(node: DocumentNode): string {
  const { source, start, end } = node.span;
  const place = `${source.name}:${start}-${end} ${node.mergeTag ?? ''}`;
  if (node.kind === 'scalar') {
    const { value, text, quoted, float, timestamp } = node;
    const shown = typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : JSON.stringify(value);
    return `${place} ${typeof value} ${shown} ${JSON.stringify([text, quoted, float, timestamp])}`;
  }
  if (node.kind === 'sequence') return `${place} list of ${node.items.length}`;
  const keys = Array.from(node.entries, ([name, { key, keySpan }]) => [name, key, keySpan.start, keySpan.end]);
  return `${place} mapping of ${JSON.stringify(keys)}`;
}

function childrenOf(node: DocumentNode): readonly (readonly [string, DocumentNode])[] {
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'sequence':
      return node.items.map((item, index) => [String(index), item]);
    case 'mapping':
      return Array.from(node.entries, ([key, entry]) => [key, entry.value]);
  }
}
