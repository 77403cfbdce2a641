import type { DocumentNode } from '../../document/node.ts';
import { defaultNode, entryOf, madeFrom, mappingNode, type PlainValue, sequenceNode, textOf } from '../tree/nodes.ts';

/**
 * A text becomes the mapping that `expand` makes of it; anything else stays. The members point at the text; those that do
 * not hold it are defaults.
 */
export function fromText(
  node: DocumentNode,
  expand: (text: string) => { readonly [member: string]: PlainValue },
): DocumentNode {
  const text = textOf(node);
  if (text === undefined) return node;
  const members = Object.entries(expand(text)).map(([name, value]) => {
    const scalar = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? value : null;
    return [name, entryOf(name, scalar === text ? node : defaultNode(scalar, node.span))] as const;
  });
  return madeFrom(mappingNode(new Map(members), node.span), node);
}

/** A text becomes a list of one; anything else stays. */
export function wrapText(node: DocumentNode, _path?: string, _scope?: unknown): DocumentNode {
  return textOf(node) === undefined ? node : sequenceNode([node], node.span);
}

/** A list without its empty texts. */
export function withoutEmptyTexts(node: DocumentNode): DocumentNode {
  if (node.kind !== 'sequence') return node;
  const items = node.items.filter((item) => textOf(item) !== '');
  return items.length === node.items.length ? node : { ...node, items };
}
