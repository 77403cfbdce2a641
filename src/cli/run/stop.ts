import { stop } from '../../compose/stop.ts';
import type { StopFlags } from '../commands/stop.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { actOnProject } from './act-on-project.ts';

/** Stops containers and keeps them. */
export async function runStop(session: Session, services: readonly string[], { timeout }: StopFlags): Promise<number> {
  await actOnProject(session, 'stop', services, (ports, reference, options) =>
    stop(ports, reference, { ...options, ...(timeout === undefined ? {} : { timeoutSeconds: timeout }) }),
  );
  return exitCode.success;
}
