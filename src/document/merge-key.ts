import type { DocumentNode, MappingEntry, MappingNode } from './node.ts';

/** The mappings that the value of a merge key (`<<`) names, first wins; undefined if it names anything else. */
export function mergedMappings(value: DocumentNode): readonly MappingNode[] | undefined {
  if (value.kind === 'mapping') return [value];
  if (value.kind === 'scalar') return undefined;
  const mappings = value.items.filter((item): item is MappingNode => item.kind === 'mapping');
  return mappings.length === value.items.length ? mappings : undefined;
}

/** A node with what it wins against noted on it. */
export type WinOver = (winner: DocumentNode, loser: DocumentNode) => DocumentNode;

/**
 * Adds the members of merged mappings to those a mapping has so far, which win. Own members written later still win, by
 * {@link setOwn}.
 */
export function addMerged(
  entries: Map<string, MappingEntry>,
  mappings: readonly MappingNode[],
  winOver: WinOver = replace,
): void {
  for (const mapping of mappings) {
    for (const [name, entry] of mapping.entries) {
      const known = entries.get(name);
      if (known === undefined) entries.set(name, entry);
      else if (known.value.replaced === undefined && known.value !== entry.value) {
        entries.set(name, { ...known, value: winOver(known.value, entry.value) });
      }
    }
  }
}

/** Sets an own member of a mapping; it wins against a merged one of its name. */
export function setOwn(entries: Map<string, MappingEntry>, entry: MappingEntry, winOver: WinOver = replace): void {
  const merged = entries.get(entry.key);
  entries.set(entry.key, merged === undefined ? entry : { ...entry, value: winOver(entry.value, merged.value) });
}

function replace(winner: DocumentNode, loser: DocumentNode): DocumentNode {
  return { ...winner, replaced: loser };
}
