import { noComposeFile, severalComposeFiles } from '../diagnostics/discovery-diagnostics.ts';
import type { Named } from '../project/project.ts';
import { composeFileNames } from '../source/compose-file-names.ts';
import { absolutePath, isWindowsPath, joinPath, parentFolder } from '../source/file-path.ts';
import { fetchRemoteFile } from './fetch-remote-file.ts';
import type { LoadSession } from './load-session.ts';
import { isRemoteReference } from './remote-reference.ts';

const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/** The compose files of a project, on this machine's disk. */
export interface DiscoveredFiles {
  /** In merge order, absolute or `-`. */
  readonly files: readonly string[];
  /** The directory that names the project and has its `.env`; a remote file leaves the user where they stand. */
  readonly directory: string;
  /** Where relative paths start from: the directory of the first remote file, whatever else is named; else the other one. */
  readonly workingDirectory: string;
}

/** The directory whose `.env` is read before the compose file is known (spec-facts 3.3). */
export function firstDirectory(session: LoadSession): string {
  const { workingDirectory, projectDirectory, files = [] } = session.request;
  if (projectDirectory !== undefined) return absolutePath(workingDirectory, projectDirectory);
  return directoryOf(files, workingDirectory);
}

function directoryOf(files: readonly string[], workingDirectory: string): string {
  const first = files.find((file) => file !== '-');
  if (first === undefined || isRemoteReference(first)) return workingDirectory;
  return parentFolder(absolutePath(workingDirectory, first));
}

/**
 * The compose files (spec-facts 2.3 to 2.8): those named, else COMPOSE_FILE, else the first name found in the working
 * directory or above it, with its override file. Remote ones are fetched. Undefined after a diagnostic.
 */
export async function discoverFiles(
  session: LoadSession,
  environment: Named<string>,
): Promise<DiscoveredFiles | undefined> {
  const { workingDirectory, projectDirectory, files: named = [] } = session.request;
  const listed = named.length > 0 ? named : filesOfVariable(environment, workingDirectory);
  const found = listed.length > 0 ? listed : await findFiles(session);
  if (found.length === 0) return undefined;
  const files = await Promise.all(found.map((file) => localFile(session, file)));
  const present = files.filter((file) => file !== undefined);
  if (present.length < files.length) return undefined;
  const given = projectDirectory === undefined ? undefined : absolutePath(workingDirectory, projectDirectory);
  const directory = given ?? directoryOf(found, workingDirectory);
  const remote = present[found.findIndex(isRemoteReference)];
  return { files: present, directory, workingDirectory: remote === undefined ? directory : parentFolder(remote) };
}

function localFile(session: LoadSession, file: string): Promise<string | undefined> {
  if (isRemoteReference(file)) return fetchRemoteFile(session, file);
  return Promise.resolve(file === '-' ? '-' : absolutePath(session.request.workingDirectory, file));
}

function filesOfVariable(environment: Named<string>, workingDirectory: string): readonly string[] {
  const list = environment['COMPOSE_FILE'];
  if (list === undefined || list === '') return [];
  return list.split(environment['COMPOSE_PATH_SEPARATOR'] || (isWindowsPath(workingDirectory) ? ';' : ':'));
}

async function findFiles(session: LoadSession): Promise<readonly string[]> {
  const start = firstDirectory(session);
  for (let directory = start; ; directory = parentFolder(directory)) {
    const bases = await presentFiles(session, directory, composeFileNames);
    const [base] = bases;
    if (base !== undefined) {
      warnIfSeveral(session, 'config', bases, base);
      const overrides = await presentFiles(session, directory, overrideNames);
      const [override] = overrides;
      if (override !== undefined) warnIfSeveral(session, 'override', overrides, override);
      return override === undefined ? [base] : [base, override];
    }
    if (parentFolder(directory) === directory) break;
  }
  session.findings.add(noComposeFile(start));
  return [];
}

async function presentFiles(
  session: LoadSession,
  directory: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const paths = names.map((name) => joinPath(directory, name));
  const kinds = await Promise.all(paths.map((path) => session.reader.kind(path)));
  return paths.filter((_, index) => kinds[index] !== 'missing');
}

function warnIfSeveral(
  session: LoadSession,
  kind: 'config' | 'override',
  found: readonly string[],
  used: string,
): void {
  if (found.length > 1) session.findings.add(severalComposeFiles(kind, found, used));
}
