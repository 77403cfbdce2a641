import type { DocumentNode, MappingEntry, MappingNode } from './node.ts';

/** The mappings that the value of a merge key (`<<`) names, first wins; undefined if it names anything else. */
export function mergedMappings(value: DocumentNode): readonly MappingNode[] | undefined {
  if (value.kind === 'mapping') return [value];
  if (value.kind === 'scalar') return undefined;
  const mappings = value.items.filter((item): item is MappingNode => item.kind === 'mapping');
  return mappings.length === value.items.length ? mappings : undefined;
}

/** Adds the members of merged mappings to those a mapping has so far. Own members written later still win. */
export function addMerged(entries: Map<string, MappingEntry>, mappings: readonly MappingNode[]): void {
  for (const mapping of mappings) {
    for (const [name, entry] of mapping.entries) if (!entries.has(name)) entries.set(name, entry);
  }
}
