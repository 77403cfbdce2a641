import type { Named } from '../project/project.ts';
import { loadForCommand } from './load-for-command.ts';
import type { Session } from './session.ts';

/**
 * The variables of `-e` by name. One that is given without a value has that of the environment, and is left out if there is none; the
 * environment is asked for only then.
 */
export async function givenEnvironment(
  given: readonly string[],
  environmentOf: () => Promise<Named<string>>,
): Promise<Named<string>> {
  const environment = given.every((text) => text.includes('=')) ? {} : await environmentOf();
  const variables = Object.create(null) as Record<string, string>;
  for (const text of given) {
    const end = text.indexOf('=');
    const value = end < 0 ? environment[text] : text.slice(end + 1);
    if (value !== undefined) variables[end < 0 ? text : text.slice(0, end)] = value;
  }
  return variables;
}

/** The environment of the project: that of the process over its env files. If no project can be loaded, that of the process. */
export async function projectEnvironment(session: Session): Promise<Named<string>> {
  try {
    return (await loadForCommand(session, { resolveEnvironment: false })).project.origin.environment;
  } catch {
    return session.host.environment;
  }
}
