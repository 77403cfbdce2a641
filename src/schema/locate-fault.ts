import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode } from '../document/node.ts';

/** Where a JSON pointer leads in a tree. */
export interface LocatedValue {
  /** Dotted path, list positions as numbers, empty for the root. */
  readonly path: string;
  readonly node: DocumentNode;
  /** The key that holds the value, or the value itself in a list and at the root. */
  readonly keySpan: SourceSpan;
}

function stepInto(node: DocumentNode, step: string): { node: DocumentNode; keySpan: SourceSpan } | undefined {
  if (node.kind === 'mapping') {
    const entry = node.entries.get(step);
    return entry === undefined ? undefined : { node: entry.value, keySpan: entry.keySpan };
  }
  if (node.kind === 'scalar') return undefined;
  const item = node.items[Number(step)];
  return item === undefined ? undefined : { node: item, keySpan: item.span };
}

/** The steps of a JSON pointer. */
export function pointerSteps(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Follows a JSON pointer; ends early, at the nearest written ancestor, if the tree does. */
export function locateFault(root: DocumentNode, pointer: string): LocatedValue {
  const steps = pointerSteps(pointer);
  let current: { node: DocumentNode; keySpan: SourceSpan } = { node: root, keySpan: root.span };
  for (const step of steps) {
    const next = stepInto(current.node, step);
    if (next === undefined) break;
    current = next;
  }
  return { path: steps.join('.'), ...current };
}
