import { restart } from '../../compose/restart.ts';
import type { RestartFlags } from '../commands/restart.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { actOnProject } from './act-on-project.ts';

/** Restarts containers in place. */
export async function runRestart(session: Session, services: readonly string[], flags: RestartFlags): Promise<number> {
  await actOnProject(session, 'restart', services, (ports, reference, options) =>
    restart(ports, reference, {
      ...options,
      withoutDependents: flags.deps === false,
      ...(flags.timeout === undefined ? {} : { timeoutSeconds: flags.timeout }),
    }),
  );
  return exitCode.success;
}
