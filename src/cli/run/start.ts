import { start } from '../../compose/start.ts';
import type { StartFlags } from '../commands/start.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { checkWaitTimeout } from '../up-flag-rules.ts';
import { actOnProject } from './act-on-project.ts';

/** Starts containers that exist. */
export async function runStart(session: Session, services: readonly string[], flags: StartFlags): Promise<number> {
  checkWaitTimeout(flags.waitTimeout);
  await actOnProject(session, 'start', services, (ports, reference, options) =>
    start(ports, reference, {
      ...options,
      wait: flags.wait === true,
      ...(flags.waitTimeout === undefined ? {} : { waitTimeoutSeconds: flags.waitTimeout }),
    }),
  );
  return exitCode.success;
}
