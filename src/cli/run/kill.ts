import { kill } from '../../compose/kill.ts';
import { isTrue } from '../../source/environment-switch.ts';
import type { KillFlags } from '../commands/kill.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { statusOutput } from '../status-output.ts';
import { actOnProject } from './act-on-project.ts';

/** Sends a signal to running containers; that there are none is no failure. */
export async function runKill(session: Session, services: readonly string[], flags: KillFlags): Promise<number> {
  const { plan } = await actOnProject(session, 'kill', services, (ports, reference, options) =>
    kill(ports, reference, {
      ...options,
      removeOrphans: flags.removeOrphans ?? isTrue(session.host.environment['COMPOSE_REMOVE_ORPHANS']),
      ...(flags.signal === undefined ? {} : { killSignal: flags.signal }),
    }),
  );
  if (plan.nodes.length === 0) statusOutput(session.host).write('no container to kill\n');
  return exitCode.success;
}
