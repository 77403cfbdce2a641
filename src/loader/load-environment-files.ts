import {
  environmentFileFormat,
  rawEnvironmentFileSyntax,
  serviceFileNotFound,
} from '../diagnostics/consistency-diagnostics.ts';
import { valueInvalid } from '../diagnostics/value-diagnostics.ts';
import type { DocumentNode, MappingEntry, MappingNode } from '../document/node.ts';
import type { VariableSource } from '../document/node-origin.ts';
import type { VariableLookup } from '../interpolation/expand-template.ts';
import { parseBooleanWord } from '../project/boolean-words.ts';
import { type EnvironmentEntry, parseDotenv } from '../source/dotenv.ts';
import { parseRawEnvironmentFile } from '../source/env-file-raw.ts';
import { type LoadSession, readSource } from './load-session.ts';
import { entryUses } from './load-trace.ts';
import { reportEnvironmentFile } from './read-environment.ts';
import type { SourceLookup, TracedLookup } from './traced-lookup.ts';
import { asMappingOfAssignments, assignOver } from './tree/assignments.ts';
import {
  entryOf,
  isNull,
  mappingNode,
  memberOf,
  memberText,
  scalarNode,
  withMember,
  withoutMember,
  withUses,
} from './tree/nodes.ts';

/**
 * Lays a service's `environment` over the variables of its `env_file` entries (spec-facts 8.15 and 25.29). Every
 * variable keeps the place it comes from. `environment` becomes a mapping and `env_file` is gone.
 */
export async function loadEnvironmentFiles(
  name: string,
  service: MappingNode,
  session: LoadSession,
  lookup: TracedLookup,
): Promise<MappingNode> {
  const files = memberOf(service, 'env_file');
  if (files?.kind !== 'sequence') return service;
  const written = memberOf(service, 'environment');
  const own =
    written === undefined || isNull(written)
      ? new Map<string, MappingEntry>()
      : asMappingOfAssignments(written).entries;
  const merged = new Map<string, MappingEntry>();
  const scope: EntryScope = {
    service: name,
    session,
    lookup: (variable) => lookup(variable) ?? valueOf(own.get(variable)),
    earlier: (variable) => valueOf(merged.get(variable)),
  };
  const sourceOf = tracedSources(lookup, own, merged);
  for (const file of files.items) {
    const namedAt = memberOf(file, 'path')?.span ?? file.span;
    for (const entry of await readEntries(file, scope)) {
      if (!session.serviceVariables.has(entry.name)) session.serviceVariables.set(entry.name, entry.span);
      const value = { ...scalarNode(entry.value, entry.span), origin: { namedAt } };
      assignOver(merged, entryOf(entry.name, withUses(value, entryUses(entry, sourceOf))));
    }
  }
  for (const entry of own.values()) assignOver(merged, entry);
  const environment = mappingNode(merged, written?.span ?? files.span);
  const bare = withoutMember(service, 'env_file');
  return merged.size === 0 ? bare : withMember(bare, 'environment', environment);
}

/** Where the variables come from that env files refer to, in the order in which their values are looked for. */
function tracedSources(
  lookup: TracedLookup,
  own: ReadonlyMap<string, MappingEntry>,
  merged: ReadonlyMap<string, MappingEntry>,
): SourceLookup | undefined {
  const { sourceOf } = lookup;
  if (sourceOf === undefined) return undefined;
  return (name) => sourceOf(name) ?? entrySourceOf(own.get(name)) ?? entrySourceOf(merged.get(name));
}

function entrySourceOf(entry: MappingEntry | undefined): VariableSource | undefined {
  const value = valueOf(entry);
  if (entry === undefined || value === undefined) return undefined;
  const { span, origin } = entry.value;
  const kind = origin?.namedAt === undefined ? 'compose-file' : 'env-file';
  return { kind, value, span, ...(origin?.uses === undefined ? {} : { uses: origin.uses }) };
}

function valueOf(entry: MappingEntry | undefined): string | undefined {
  return entry?.value.kind === 'scalar' && entry.value.value !== null ? String(entry.value.value) : undefined;
}

interface EntryScope {
  readonly service: string;
  readonly session: LoadSession;
  readonly lookup: VariableLookup;
  /** The variables of the files before. */
  readonly earlier: VariableLookup;
}

function requiredOf(file: DocumentNode, service: string, session: LoadSession): boolean {
  const required = memberOf(file, 'required');
  if (required?.kind !== 'scalar' || required.value === null) return true;
  const word = parseBooleanWord(String(required.value));
  if (word === undefined) {
    const path = `services.${service}.env_file.required`;
    session.findings.add(valueInvalid(path, `invalid boolean: ${String(required.value)}`, required.span));
  }
  return word?.value ?? true;
}

async function readEntries(file: DocumentNode, scope: EntryScope): Promise<readonly EnvironmentEntry[]> {
  const { service, session, lookup, earlier } = scope;
  const path = memberText(file, 'path') ?? '';
  const at = memberOf(file, 'path')?.span ?? file.span;
  const format = memberText(file, 'format') ?? '';
  const required = requiredOf(file, service, session);
  if ((await session.reader.kind(path)) === 'missing') {
    if (required) session.findings.add(serviceFileNotFound(service, 'env', path, at));
    return [];
  }
  if (format !== '' && format !== 'raw') {
    session.findings.add(environmentFileFormat(service, format, memberOf(file, 'format')?.span ?? at));
    return [];
  }
  const source = await readSource(session, path, at);
  if (source === undefined) return [];
  if (format === '') {
    const content = parseDotenv(source, lookup, earlier);
    reportEnvironmentFile(session, content);
    return content.entries;
  }
  const { entries, problem } = parseRawEnvironmentFile(source, (variable) => lookup(variable) ?? earlier(variable));
  if (problem !== undefined) session.findings.add(rawEnvironmentFileSyntax(problem.message, problem.span));
  return entries;
}
