import { serviceFileNotFound } from '../diagnostics/consistency-diagnostics.ts';
import type { MappingEntry, MappingNode } from '../document/node.ts';
import type { VariableSource } from '../document/node-origin.ts';
import { parseDotenv } from '../source/dotenv.ts';
import { type LoadSession, readSource } from './load-session.ts';
import { entrySource, entryUses } from './load-trace.ts';
import { reportEnvironmentFile } from './read-environment.ts';
import { asMappingOfAssignments, assignOver } from './tree/assignments.ts';
import {
  entryOf,
  isNull,
  mappingNode,
  memberOf,
  scalarNode,
  textOf,
  withMember,
  withoutMember,
  withUses,
} from './tree/nodes.ts';

/** Lays a service's `labels` over those of its `label_file` entries (spec-facts 8.16 and 25.43). `label_file` is gone. */
export async function loadLabelFiles(name: string, service: MappingNode, session: LoadSession): Promise<MappingNode> {
  const files = memberOf(service, 'label_file');
  if (files?.kind !== 'sequence') return service;
  const labels = new Map<string, MappingEntry>();
  const read = new Map<string, string>();
  const sources = new Map<string, VariableSource>();
  for (const file of files.items) {
    const path = textOf(file) ?? '';
    if ((await session.reader.kind(path)) === 'missing') {
      session.findings.add(serviceFileNotFound(name, 'label', path, file.span));
      continue;
    }
    const source = await readSource(session, path, file.span);
    if (source === undefined) continue;
    const content = parseDotenv(
      source,
      () => undefined,
      (label) => read.get(label),
    );
    reportEnvironmentFile(session, content);
    for (const entry of content.entries) {
      const uses = session.trace === undefined ? undefined : entryUses(entry, (label) => sources.get(label));
      sources.set(entry.name, entrySource(entry, uses));
      const value = { ...scalarNode(entry.value, entry.span), origin: { namedAt: file.span } };
      read.set(entry.name, entry.value);
      assignOver(labels, entryOf(entry.name, withUses(value, uses)));
    }
  }
  const written = memberOf(service, 'labels');
  if (written !== undefined && !isNull(written)) {
    for (const entry of asMappingOfAssignments(written).entries.values()) assignOver(labels, entry);
  }
  const bare = withoutMember(service, 'label_file');
  return labels.size === 0 ? bare : withMember(bare, 'labels', mappingNode(labels, written?.span ?? files.span));
}
