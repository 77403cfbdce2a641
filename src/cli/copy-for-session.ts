import { readFile } from 'node:fs/promises';
import { type LoadedProject, loadProjectStrictly } from '../compose/load-project-strictly.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { copyName, copyProject } from '../state/copy-project.ts';
import { topsailExtension } from '../state/topsail-extension.ts';
import type { Session } from './session.ts';
import { usageError } from './usage-error.ts';

/** The copy of the project that the command line names. */
export function instanceOf({ flags, host }: Session): string | undefined {
  const name = flags.instance ?? host.environment['TOPSAIL_INSTANCE'];
  return name === '' ? undefined : name;
}

/** The project name of a copy that is known by names alone. */
export function nameOfCopy(project: string, instance: string): string {
  if (instance === 'auto') throw usageError('auto names a new copy; say which copy is meant');
  try {
    return copyName(project, instance);
  } catch (error) {
    if (error instanceof RangeError) throw usageError(error.message);
    throw error;
  }
}

/** Loads once more under another project name. */
interface Reloading {
  readonly request: LoadRequest;
  readonly reader: SourceReader;
}

/**
 * The copy of a project that this invocation is about: the one that `--instance` or TOPSAIL_INSTANCE names, or that of the git
 * worktree if the file asks for it and `-p` does not name a project; else the project as it is.
 */
export async function copyForSession(
  session: Session,
  loaded: LoadedProject,
  { request, reader }: Reloading,
): Promise<LoadedProject> {
  const name = instanceOf(session);
  const asked = topsailExtension(loaded.project.extensions).has('instances') && session.flags.projectName === undefined;
  if (name === undefined && !asked) return loaded;
  const { chooseInstance } = await import('../instances/choose-instance.ts');
  const choice = { mayBeNew: session.flags.newInstance === true, ...(name === undefined ? {} : { name }) };
  const chosen = await chooseInstance(loaded.project, choice, readOptionalText);
  if (chosen === undefined) return loaded;
  const of = loaded.project.name;
  const projectName = nameOfCopy(of, chosen.name);
  const { isolate } = session.flags;
  const options = { ...chosen, of, ...(isolate === undefined ? {} : { isolate }) };
  // A file that speaks of its project's name means that of the copy.
  const speaks = [...loaded.sources.values()].some(({ text }) => text.includes('COMPOSE_PROJECT_NAME'));
  const own = speaks ? await loadProjectStrictly({ ...request, projectName }, reader) : loaded;
  return { ...own, project: copyProject(own.project, options) };
}

async function readOptionalText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
