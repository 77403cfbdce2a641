import { includeCycle, includeEnvironmentFileNotFound } from '../diagnostics/reuse-diagnostics.ts';
import type { MappingNode } from '../document/node.ts';
import { parseDotenv } from '../source/dotenv.ts';
import { joinPath, parentFolder } from '../source/file-path.ts';
import { fetchRemoteFile } from './fetch-remote-file.ts';
import { importResources } from './import-resources.ts';
import { readSource } from './load-session.ts';
import { noteEntry, noteInherited } from './load-trace.ts';
import type { ModelScope } from './model-scope.ts';
import { noteUnknownDefinitions } from './prune-faults.ts';
import { type ComposeFile, readComposeFiles } from './read-compose-files.ts';
import { reportEnvironmentFile, tracedLookupIn, type Variables, variables } from './read-environment.ts';
import { type IncludeEntry, type NamedPath, readIncludeEntries } from './read-include-entries.ts';
import { isRemoteReference } from './remote-reference.ts';
import { resolvePath } from './resolve-paths.ts';
import { withoutMember } from './tree/nodes.ts';

/** Loads the model of an included project; undefined after a diagnostic. */
export type LoadIncluded = (scope: ModelScope, files: readonly ComposeFile[]) => Promise<MappingNode | undefined>;

/**
 * Loads what a document includes and adds it to the document (spec-facts section 14). An included model has its own
 * project directory and environment.
 */
export async function resolveIncludes(
  document: MappingNode,
  scope: ModelScope,
  loadIncluded: LoadIncluded,
): Promise<MappingNode> {
  const written = document.entries.get('include')?.value;
  if (written === undefined) return document;
  const { findings } = scope.session;
  let merged = withoutMember(document, 'include');
  for (const entry of readIncludeEntries(written, findings)) {
    const { errors } = findings;
    const imported = await loadEntry(entry, scope, loadIncluded);
    if (imported !== undefined) merged = importResources(merged, imported, findings);
    else if (findings.errors > errors) noteUnknownDefinitions(findings);
  }
  return merged;
}

async function loadEntry(
  entry: IncludeEntry,
  scope: ModelScope,
  loadIncluded: LoadIncluded,
): Promise<MappingNode | undefined> {
  const { session } = scope;
  const paths = await localPaths(entry.paths, scope);
  const [first] = paths ?? [];
  if (paths === undefined || first === undefined || closesCycle(paths, scope)) return undefined;
  for (const { path, at } of paths) session.trace?.inclusions.set(path, at);
  const workingDirectory =
    entry.projectDirectory === undefined ? parentFolder(first.path) : absolutePath(entry.projectDirectory, scope);
  const errors = session.findings.errors;
  const known = await includedVariables(entry.environmentFiles, workingDirectory, scope);
  const files = await readComposeFiles(session, paths);
  if (session.findings.errors > errors) return undefined;
  return loadIncluded(
    {
      session,
      variables: known,
      lookup: tracedLookupIn(session, known),
      workingDirectory,
      includingDirectory: scope.workingDirectory,
      includedFrom: scope.includedFrom,
      extendedFiles: new Map(),
    },
    files,
  );
}

/** The paths on this machine's disk; undefined after a diagnostic. */
async function localPaths(named: readonly NamedPath[], scope: ModelScope): Promise<readonly NamedPath[] | undefined> {
  const paths = await Promise.all(
    named.map(async ({ path, at }) => {
      const local = isRemoteReference(path)
        ? await fetchRemoteFile(scope.session, path, at)
        : absolutePath(path, scope);
      return local === undefined ? undefined : { path: local, at };
    }),
  );
  const found = paths.filter((path) => path !== undefined);
  return found.length === paths.length ? found : undefined;
}

function absolutePath(path: string, scope: ModelScope): string {
  return resolvePath(path, {
    directory: scope.workingDirectory,
    homeDirectory: scope.session.request.homeDirectory,
  });
}

function closesCycle(paths: readonly NamedPath[], scope: ModelScope): boolean {
  const again = paths.find(({ path }) => scope.includedFrom.includes(path));
  if (again === undefined) return false;
  const start = scope.includedFrom.indexOf(again.path);
  scope.session.findings.add(includeCycle([...scope.includedFrom.slice(start), again.path], again.at));
  return true;
}

/** The including environment over the values of the entry's env files, `.env` of the included project by default. */
async function includedVariables(
  named: readonly NamedPath[] | undefined,
  directory: string,
  scope: ModelScope,
): Promise<Variables> {
  const { session } = scope;
  const files = named?.map((file) => ({ ...file, path: absolutePath(file.path, scope) })) ?? [];
  if (named === undefined) {
    const path = joinPath(directory, '.env');
    const kind = await session.reader.kind(path);
    if (kind !== 'missing' && kind !== 'directory') files.push({ path, at: { source: nowhere, start: 0, end: 0 } });
  }
  const added = variables();
  for (const { path, at } of files) {
    if (path === '/dev/null') continue;
    if ((await session.reader.kind(path)) === 'missing') {
      session.findings.add(includeEnvironmentFileNotFound(path, at));
      continue;
    }
    const source = await readSource(session, path, at);
    if (source === undefined) continue;
    const content = parseDotenv(source, scope.lookup, (name) => added[name]);
    reportEnvironmentFile(session, content);
    for (const entry of content.entries) {
      noteEntry(session.trace, added, entry, scope.lookup);
      added[entry.name] = entry.value;
    }
  }
  noteInherited(session.trace, added, scope.variables);
  return Object.assign(added, scope.variables);
}

const nowhere = { name: '.env', text: '' };
