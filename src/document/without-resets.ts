import type { DocumentNode, MappingEntry } from './node.ts';

/**
 * A node as its aliases see it. `!reset` works where it is written and takes its value out of the node, so an alias of
 * the node finds nothing there. Spec-facts 5.11.
 */
export function withoutResets(node: DocumentNode): DocumentNode {
  switch (node.kind) {
    case 'scalar':
      return node;
    case 'sequence': {
      const items = node.items.filter((item) => item.mergeTag !== 'reset').map(withoutResets);
      return { ...node, items };
    }
    case 'mapping': {
      const entries = new Map<string, MappingEntry>();
      for (const [key, entry] of node.entries) {
        if (entry.value.mergeTag === 'reset') continue;
        entries.set(key, { ...entry, value: withoutResets(entry.value) });
      }
      return { ...node, entries };
    }
  }
}
