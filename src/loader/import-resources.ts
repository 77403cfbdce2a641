import { includeConflict } from '../diagnostics/reuse-diagnostics.ts';
import type { MappingEntry, MappingNode } from '../document/node.ts';
import type { Findings } from './findings.ts';
import { entryOf, mappingNode, memberOf } from './tree/nodes.ts';
import { sameValue } from './tree/plain-value.ts';

const importedSections = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'] as const;

/**
 * Adds what an included model defines to the including document (spec-facts 14.7 to 14.10). A resource that both define
 * is fine when the definitions are equal, else a conflict.
 */
export function importResources(document: MappingNode, imported: MappingNode, findings: Findings): MappingNode {
  const sections = new Map(document.entries);
  for (const name of importedSections) {
    const added = memberOf(imported, name);
    if (added?.kind !== 'mapping') continue;
    const own = sections.get(name);
    const known = own?.value.kind === 'mapping' ? own.value : mappingNode(new Map(), added.span);
    const merged = { ...known, entries: importSection(name, known.entries, added.entries, findings) };
    sections.set(name, own === undefined ? entryOf(name, merged) : { ...own, value: merged });
  }
  return { ...document, entries: sections };
}

function importSection(
  section: string,
  known: ReadonlyMap<string, MappingEntry>,
  added: ReadonlyMap<string, MappingEntry>,
  findings: Findings,
): ReadonlyMap<string, MappingEntry> {
  const entries = new Map(known);
  for (const [key, entry] of added) {
    const own = known.get(key);
    if (own === undefined) entries.set(key, entry);
    else if (!sameValue(own.value, entry.value)) {
      findings.add(includeConflict(`${section}.${key}`, own.keySpan, entry.keySpan));
    }
  }
  return entries;
}
