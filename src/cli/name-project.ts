import type { Project } from '../project/project.ts';
import { loadForCommand } from './load-for-command.ts';
import type { Session } from './session.ts';

/** A project that is known by its name; with its model if that had to be loaded for the name. */
export interface NamedProject {
  readonly name: string;
  readonly project: Project | undefined;
}

/**
 * The project of a command that needs nothing of it but the name: `-p`, else COMPOSE_PROJECT_NAME, else that of the model
 * (compose-surface 1.4, item 10). Throws a ProjectError.
 */
export async function nameProject(session: Session): Promise<NamedProject> {
  const name = session.flags.projectName ?? (session.host.environment['COMPOSE_PROJECT_NAME'] || undefined);
  if (name !== undefined) return { name, project: undefined };
  const { project } = await loadForCommand(session, { resolveEnvironment: false });
  return { name: project.name, project };
}
