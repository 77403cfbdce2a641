import { basename } from 'node:path';
import { projectNameEmpty, projectNameInvalid, projectNameNotText } from '../diagnostics/discovery-diagnostics.ts';
import type { ComposeDocument } from '../document/node.ts';
import type { VariableLookup } from '../interpolation/expand-template.ts';
import { normalizeProjectName, PROJECT_NAME_RULE } from '../project/project-name.ts';
import { interpolateValue } from './interpolate-document.ts';
import type { LoadSession } from './load-session.ts';
import { isNull, memberOf, textOf } from './tree/nodes.ts';

/** What the name is decided from. */
export interface NameSources {
  readonly documents: readonly ComposeDocument[];
  readonly projectDirectory: string;
  readonly lookup: VariableLookup;
}

/**
 * Decides the project name (spec-facts section 9): `-p`, COMPOSE_PROJECT_NAME, the last `name:` of the files, the folder.
 * Undefined after a diagnostic.
 */
export function decideProjectName(session: LoadSession, sources: NameSources): string | undefined {
  const { projectName, interpolate } = session.request;
  const variable = sources.lookup('COMPOSE_PROJECT_NAME');
  if (projectName !== undefined && projectName !== '') return checkGivenName(session, projectName, '-p');
  if (variable !== undefined && variable !== '') return checkGivenName(session, variable, 'COMPOSE_PROJECT_NAME');
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
    return normalized === '' ? undefined : normalized;
  }
  const fallback = normalizeProjectName(basename(sources.projectDirectory));
  if (fallback === '') session.findings.add(projectNameEmpty(undefined));
  return fallback === '' ? undefined : fallback;
}

function checkGivenName(session: LoadSession, name: string, from: string): string | undefined {
  const normalized = normalizeProjectName(name);
  if (normalized === name) return name;
  session.findings.add(projectNameInvalid(name, PROJECT_NAME_RULE, from, normalized));
  return undefined;
}
