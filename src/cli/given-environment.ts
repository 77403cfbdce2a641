import type { Named, Project } from '../project/project.ts';
import { loadForCommand } from './load-for-command.ts';
import type { Session } from './session.ts';

/**
 * The variables of `-e`. A name alone has the value that the project's environment gives it, and is left out if there is none. Without
 * a loaded project one is loaded for that; if none can be, the environment is that of the process.
 */
export async function givenEnvironment(
  session: Session,
  given: readonly string[],
  project: Project | undefined,
): Promise<readonly string[]> {
  const bare = given.some((text) => !text.includes('='));
  const environment = bare ? await environmentOf(session, project) : {};
  return given.flatMap((text) => {
    if (text.includes('=')) return [text];
    const value = environment[text];
    return value === undefined ? [] : [`${text}=${value}`];
  });
}

async function environmentOf(session: Session, project: Project | undefined): Promise<Named<string>> {
  if (project !== undefined) return project.origin.environment;
  try {
    return (await loadForCommand(session, { resolveEnvironment: false })).project.origin.environment;
  } catch {
    return session.host.environment;
  }
}
