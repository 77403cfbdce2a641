import { delimiter, dirname, join, resolve } from 'node:path';
import { noComposeFile, remoteFileUnsupported, severalComposeFiles } from '../diagnostics/discovery-diagnostics.ts';
import type { Named } from '../project/project.ts';
import type { LoadSession } from './load-session.ts';
import { isRemoteReference } from './remote-reference.ts';

const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/** The directory whose `.env` is read before the compose file is known (spec-facts 3.3). */
export function firstDirectory(session: LoadSession): string {
  const { workingDirectory, projectDirectory, files = [] } = session.request;
  if (projectDirectory !== undefined) return resolve(workingDirectory, projectDirectory);
  const first = files.find((file) => file !== '-');
  return first === undefined ? workingDirectory : dirname(resolve(workingDirectory, first));
}

/**
 * The compose files in merge order, absolute or `-` (spec-facts 2.3 to 2.8): those named, else COMPOSE_FILE, else the
 * first name found in the working directory or above it, with its override file. Empty after a diagnostic.
 */
export async function discoverFiles(session: LoadSession, environment: Named<string>): Promise<readonly string[]> {
  const named = session.request.files ?? [];
  const listed = named.length > 0 ? named : filesOfVariable(environment);
  if (listed.length === 0) return findFiles(session);
  const remote = listed.filter(isRemoteReference);
  session.findings.add(...remote.map((reference) => remoteFileUnsupported(reference, undefined)));
  if (remote.length > 0) return [];
  return listed.map((file) => (file === '-' ? '-' : resolve(session.request.workingDirectory, file)));
}

function filesOfVariable(environment: Named<string>): readonly string[] {
  const list = environment['COMPOSE_FILE'];
  if (list === undefined || list === '') return [];
  return list.split(environment['COMPOSE_PATH_SEPARATOR'] || delimiter);
}

async function findFiles(session: LoadSession): Promise<readonly string[]> {
  const start = firstDirectory(session);
  for (let directory = start; ; directory = dirname(directory)) {
    const bases = await presentFiles(session, directory, baseNames);
    const [base] = bases;
    if (base !== undefined) {
      warnIfSeveral(session, 'config', bases, base);
      const overrides = await presentFiles(session, directory, overrideNames);
      const [override] = overrides;
      if (override !== undefined) warnIfSeveral(session, 'override', overrides, override);
      return override === undefined ? [base] : [base, override];
    }
    if (dirname(directory) === directory) break;
  }
  session.findings.add(noComposeFile(start));
  return [];
}

async function presentFiles(
  session: LoadSession,
  directory: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const paths = names.map((name) => join(directory, name));
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
