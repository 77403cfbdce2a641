import { type LoadedProject, loadProjectStrictly } from '../compose/load-project-strictly.ts';
import type { ProjectReference } from '../compose/project-reference.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { copyForSession, instanceOf, nameOfCopy } from './copy-for-session.ts';
import { diskReaderOf } from './disk-reader-of.ts';
import { loadRequestOf } from './root-flags.ts';
import type { Session } from './session.ts';
import { showDiagnostics } from './show-diagnostics.ts';

/** Loads the project, or the copy of it, that the root flags name and shows its warnings. Throws a ProjectError. */
export async function loadForCommand(
  session: Session,
  more: Partial<LoadRequest> = {},
  reader: SourceReader = diskReaderOf(session),
): Promise<LoadedProject> {
  const request = { ...loadRequestOf(session.host, session.flags), ...more };
  const loaded = await loadProjectStrictly(request, reader);
  showDiagnostics(session, loaded.warnings, loaded.sources);
  return copyForSession(session, loaded, { request, reader });
}

/**
 * Finds the project of a command that works on existing containers: the model if `-f` is given or `-p` is not, else the
 * name alone; a model that does not load gives way to COMPOSE_PROJECT_NAME (compose-surface 1.4, item 10). Profiles of the
 * services that the command names are active.
 */
export async function referToProject(session: Session, services: readonly string[] = []): Promise<ProjectReference> {
  const { file = [], projectName } = session.flags;
  const named = (name: string): ProjectReference => ({ name: copyName(session, name), project: undefined });
  if (file.length === 0 && projectName !== undefined) return named(projectName);
  const fallback = session.host.environment['COMPOSE_PROJECT_NAME'] ?? '';
  try {
    // What is inside env files makes no difference to containers that exist.
    const { project } = await loadForCommand(session, { resolveEnvironment: false, enabled: services });
    return { name: project.name, project };
  } catch (thrown) {
    if (fallback === '' || file.length > 0) throw thrown;
    return named(fallback);
  }
}

/**
 * The name of the project of a command that works on containers and needs no model: `-p`, else COMPOSE_PROJECT_NAME, else that of the
 * model (compose-surface 1.4, item 10).
 */
export async function nameOfProject(session: Session): Promise<string> {
  const named = session.flags.projectName ?? session.host.environment['COMPOSE_PROJECT_NAME'] ?? '';
  if (named !== '') return copyName(session, named);
  const { project } = await loadForCommand(session, { resolveEnvironment: false });
  return project.name;
}

/** What the copy that `--instance` asks for is called, if it asks for one. */
function copyName(session: Session, name: string): string {
  const instance = instanceOf(session);
  return instance === undefined ? name : nameOfCopy(name, instance);
}
