import { projectNameEmpty, projectNameInvalid, projectNameNotText } from '../diagnostics/discovery-diagnostics.ts';
import type { ComposeDocument, DocumentNode } from '../document/node.ts';
import type { VariableSource } from '../document/node-origin.ts';
import { normalizeProjectName, PROJECT_NAME_RULE } from '../project/project-name.ts';
import { lastName } from '../source/file-path.ts';
import { interpolateValue } from './interpolate-document.ts';
import type { LoadSession } from './load-session.ts';
import { overSource, type TracedLookup, variableUses } from './traced-lookup.ts';
import { isNull, memberOf, textOf } from './tree/nodes.ts';

/** What the name is decided from. */
export interface NameSources {
  readonly documents: readonly ComposeDocument[];
  readonly projectDirectory: string;
  readonly lookup: TracedLookup;
}

/** A project name and what decided it, over what would have decided it otherwise if the load is asked for provenance. */
export interface ProjectName {
  readonly name: string;
  readonly source: VariableSource;
}

/**
 * Decides the project name (spec-facts section 9): `-p`, COMPOSE_PROJECT_NAME, the last `name:` of the files, the folder.
 * Undefined after a diagnostic.
 */
export function decideProjectName(session: LoadSession, sources: NameSources): ProjectName | undefined {
  const decided = decideName(session, sources);
  if (decided === undefined || session.trace === undefined) return decided;
  return { ...decided, source: sourcesBelow(sources).reduce(overSource, decided.source) };
}

function decideName(session: LoadSession, sources: NameSources): ProjectName | undefined {
  const { projectName, interpolate } = session.request;
  const variable = sources.lookup('COMPOSE_PROJECT_NAME');
  if (projectName !== undefined && projectName !== '') {
    return checkGivenName(session, projectName, '-p', { kind: 'command-line', value: projectName });
  }
  if (variable !== undefined && variable !== '') {
    const source = sources.lookup.sourceOf?.('COMPOSE_PROJECT_NAME') ?? { kind: 'process', value: variable };
    return checkGivenName(session, variable, 'COMPOSE_PROJECT_NAME', source);
  }
  for (const { root } of sources.documents.toReversed()) {
    const written = memberOf(root, 'name');
    if (written === undefined || isNull(written)) continue;
    const scope = { lookup: sources.lookup, findings: session.findings, strict: session.request.strict === true };
    const errors = session.findings.errors;
    const name = textOf(interpolate === false ? written : interpolateValue(written, 'name', scope));
    if (session.findings.errors > errors) return undefined;
    if (name === undefined) {
      session.findings.add(projectNameNotText(written.span));
      return undefined;
    }
    if (name === '') continue;
    const normalized = normalizeProjectName(name);
    if (normalized === '') session.findings.add(projectNameEmpty(written.span));
    return normalized === '' ? undefined : { name: normalized, source: writtenSource(written, normalized, sources) };
  }
  const fallback = normalizeProjectName(lastName(sources.projectDirectory));
  if (fallback === '') session.findings.add(projectNameEmpty(undefined));
  return fallback === '' ? undefined : { name: fallback, source: { kind: 'directory', value: fallback } };
}

function writtenSource(written: DocumentNode, value: string, { lookup }: NameSources): VariableSource {
  const uses = variableUses(textOf(written) ?? '', lookup.sourceOf);
  return { kind: 'compose-file', value, span: written.span, ...(uses === undefined ? {} : { uses }) };
}

/** Everything that names the project, first what counts most; the flag only ever wins. */
function sourcesBelow(sources: NameSources): readonly VariableSource[] {
  const variable = sources.lookup.sourceOf?.('COMPOSE_PROJECT_NAME');
  const written = sources.documents.toReversed().flatMap(({ root }) => {
    const name = memberOf(root, 'name');
    const text = textOf(name) ?? '';
    return name === undefined || text === '' ? [] : [writtenSource(name, text, sources)];
  });
  return [...(variable === undefined || variable.value === '' ? [] : [variable]), ...written];
}

function checkGivenName(
  session: LoadSession,
  name: string,
  from: string,
  source: VariableSource,
): ProjectName | undefined {
  const normalized = normalizeProjectName(name);
  if (normalized === name) return { name, source };
  session.findings.add(projectNameInvalid(name, PROJECT_NAME_RULE, from, normalized));
  return undefined;
}
