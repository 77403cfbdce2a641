import { readFile } from 'node:fs/promises';
import { type LoadedProject, loadProjectStrictly } from '../compose/load-project-strictly.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { copyName } from '../state/copy-project.ts';
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
  return copyName(project, checked(instance));
}

/** How the project was loaded, to load it once more under another name. */
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
  const { copyLoaded } = await import('../instances/copy-loaded.ts');
  const { isolate, newInstance } = session.flags;
  return copyLoaded(loaded, {
    mayBeNew: newInstance === true,
    read: (path) => readFile(path, 'utf8').catch(() => undefined),
    reload: (projectName) => loadProjectStrictly({ ...request, projectName }, reader),
    ...(name === undefined ? {} : { name: checked(name) }),
    ...(isolate === undefined ? {} : { isolate }),
  });
}

function checked(name: string): string {
  if (/[a-zA-Z0-9]/.test(name)) return name;
  throw usageError(`invalid name of a copy: ${JSON.stringify(name)}`, 'it needs a letter or a digit');
}
