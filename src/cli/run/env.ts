import { endpointVariables } from '../../compose/endpoint-variables.ts';
import { type Endpoint, endpoints } from '../../compose/endpoints.ts';
import { checkServiceNames, type ProjectReference } from '../../compose/project-reference.ts';
import type { EnvFlags } from '../commands/env.ts';
import { exitCode } from '../exit-code.ts';
import { referToProject } from '../load-for-command.ts';
import { type Session, withFlags } from '../session.ts';
import { withEngine } from '../with-engine.ts';

/** Prints where services are reached. */
export async function runEnv(given: Session, services: readonly string[], flags: EnvFlags): Promise<number> {
  const session = flags.instance === undefined ? given : withFlags(given, { instance: flags.instance });
  const reference = await referToProject(session, services);
  checkServiceNames(reference, services);
  await withEngine(session, async (ports, signal) => {
    const all = await endpoints(ports, reference, { signal });
    const found = services.length === 0 ? all : all.filter(({ service }) => services.includes(service));
    session.host.stdout.write(rendered(reference, found, flags.format));
  });
  return exitCode.success;
}

function rendered(reference: ProjectReference, found: readonly Endpoint[], format: EnvFlags['format']): string {
  const instance = reference.project?.origin.instance?.name;
  // None of these names a copy to later commands: a shell may go on to another worktree.
  const variables = new Map([['TOPSAIL_PROJECT', reference.name], ...endpointVariables(found)]);
  const lines = (prefix: string): string =>
    [...variables].map(([name, value]) => `${prefix}${name}=${quoted(value)}\n`).join('');
  switch (format) {
    case 'shell':
      return lines('export ');
    case 'dotenv':
      return lines('');
    case 'json': {
      const environment = Object.fromEntries(variables);
      const copy = instance === undefined ? {} : { instance };
      return `${JSON.stringify({ project: reference.name, ...copy, endpoints: found, environment }, undefined, 2)}\n`;
    }
  }
}

/** Names and addresses need no quotes; whatever else there is gets them. */
function quoted(value: string): string {
  return /^[\w.:@%+,/-]*$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
