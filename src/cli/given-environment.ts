import type { Named } from '../project/project.ts';
import { loadForCommand } from './load-for-command.ts';
import type { Session } from './session.ts';

/**
 * The variables of `-e`. A name alone has the value that the project's environment gives it, and is left out if there is none. If
 * no project can be loaded for that, the environment is that of the process.
 */
export async function givenEnvironment(session: Session, given: readonly string[]): Promise<readonly string[]> {
  const bare = given.some((text) => !text.includes('='));
  const environment = bare ? await environmentOf(session) : {};
  return given.flatMap((text) => {
    if (text.includes('=')) return [text];
    const value = environment[text];
    return value === undefined ? [] : [`${text}=${value}`];
  });
}

async function environmentOf(session: Session): Promise<Named<string>> {
  try {
    return (await loadForCommand(session, { resolveEnvironment: false })).project.origin.environment;
  } catch {
    return session.host.environment;
  }
}
