import {
  environmentFileIsDirectory,
  environmentFileNotFound,
  environmentFileSyntax,
  switchInvalid,
} from '../diagnostics/discovery-diagnostics.ts';
import { variableUnset, variableUnsetStrict } from '../diagnostics/interpolation-diagnostics.ts';
import { parseSwitch } from '../project/boolean-words.ts';
import type { Named } from '../project/project.ts';
import { type EnvironmentFileContent, parseDotenv } from '../source/dotenv.ts';
import { absolutePath, isWindowsPath, joinPath } from '../source/file-path.ts';
import { type LoadSession, readSource } from './load-session.ts';
import { noteAdded, noteEntry, noteSource, withSources } from './load-trace.ts';
import type { TracedLookup } from './traced-lookup.ts';

/** Variables by name, without a prototype. */
export type Variables = Record<string, string>;

/** An empty set of variables, or a copy. */
export function variables(from: Named<string> = {}): Variables {
  return Object.assign(Object.create(null) as Variables, from);
}

/** As {@link lookupIn}; it knows where the values come from if the load is asked for provenance. */
export function tracedLookupIn(session: LoadSession, known: Named<string>): TracedLookup {
  const onWindows = isWindowsPath(session.request.workingDirectory);
  return withSources(lookupIn(known, onWindows), known, session.trace);
}

/** A lookup in variables; on Windows a name that is not there is looked for in any case (spec-facts 3.7). */
function lookupIn(known: Named<string>, onWindows: boolean): TracedLookup {
  if (!onWindows) return (name) => known[name];
  const upper = new Map(Object.entries(known).map(([name, value]) => [name.toUpperCase(), value]));
  return (name) => known[name] ?? upper.get(name.toUpperCase());
}

/** The env files a user named: flags, else COMPOSE_ENV_FILES; absolute (spec-facts 3.2). */
export function explicitEnvironmentFiles(session: LoadSession): readonly string[] {
  const { workingDirectory, environment, environmentFiles = [] } = session.request;
  const listed =
    environmentFiles.length > 0
      ? environmentFiles
      : (environment['COMPOSE_ENV_FILES'] ?? '').split(',').filter((file) => file !== '');
  return listed.map((file) => absolutePath(workingDirectory, file));
}

/** The process environment as interpolation starts from: with PWD (spec-facts 3.1). */
export function processVariables(session: LoadSession): Variables {
  const known = variables(session.request.environment);
  const directory = session.request.workingDirectory;
  if (known['PWD'] === undefined) noteSource(session.trace, known, 'PWD', { kind: 'directory', value: directory });
  known['PWD'] ??= directory;
  return known;
}

/** Reads the env files for a directory and adds the names that are not known yet (spec-facts 3.2 to 3.5). */
export async function addEnvironmentFiles(session: LoadSession, directory: string, known: Variables): Promise<void> {
  const explicit = explicitEnvironmentFiles(session);
  const files = explicit.length > 0 ? explicit : await defaultEnvironmentFile(session, directory);
  const added = await readEnvironmentFiles(session, files, known);
  noteAdded(session.trace, known, added);
  for (const [name, value] of Object.entries(added)) known[name] ??= value;
}

async function defaultEnvironmentFile(session: LoadSession, directory: string): Promise<readonly string[]> {
  const text = session.request.environment['COMPOSE_DISABLE_ENV_FILE'] ?? '';
  const disabled = text === '' ? false : parseSwitch(text);
  if (disabled === undefined) session.findings.add(switchInvalid('COMPOSE_DISABLE_ENV_FILE', text));
  if (disabled !== false) return [];
  const path = joinPath(directory, '.env');
  const kind = await session.reader.kind(path);
  return kind === 'missing' || kind === 'directory' ? [] : [path];
}

async function readEnvironmentFiles(
  session: LoadSession,
  files: readonly string[],
  known: Named<string>,
): Promise<Variables> {
  const added = variables();
  const lookup = tracedLookupIn(session, known);
  for (const file of files) {
    const kind = await session.reader.kind(file);
    if (kind === 'missing') session.findings.add(environmentFileNotFound(file));
    else if (kind === 'directory') session.findings.add(environmentFileIsDirectory(file));
    const source = kind === 'missing' || kind === 'directory' ? undefined : await readSource(session, file);
    if (source === undefined) continue;
    const content = parseDotenv(source, lookup, (name) => added[name]);
    reportEnvironmentFile(session, content);
    for (const entry of content.entries) {
      noteEntry(session.trace, added, entry, lookup);
      added[entry.name] = entry.value;
    }
  }
  return added;
}

/** Notes what is wrong with an env file and which variables it misses. */
export function reportEnvironmentFile(session: LoadSession, content: EnvironmentFileContent): void {
  const { problem } = content;
  if (problem !== undefined) session.findings.add(environmentFileSyntax(problem.message, problem.span));
  for (const { name, span } of content.unset) {
    const report = session.request.strict === true ? variableUnsetStrict : variableUnset;
    session.findings.addOnce(`unset:${name}`, () => report(name, span));
  }
}
