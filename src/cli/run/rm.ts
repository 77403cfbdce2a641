import { remove } from '../../compose/remove.ts';
import { ask } from '../ask.ts';
import type { RmFlags } from '../commands/rm.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { statusOutput } from '../status-output.ts';
import { actOnProject } from './act-on-project.ts';

/** Removes containers that do not run, after a question unless forced; that there are none is no failure. */
export async function runRm(session: Session, services: readonly string[], flags: RmFlags): Promise<number> {
  const { plan } = await actOnProject(session, 'rm', services, (ports, reference, options) =>
    remove(ports, reference, {
      ...options,
      stop: flags.stop === true,
      volumes: flags.volumes === true,
      confirm: ({ question, defaultAnswer }) => {
        if (flags.force !== true) return ask(session, question, defaultAnswer);
        session.host.stdout.write(`${question}\n`);
        return true;
      },
    }),
  );
  if (plan.nodes.length === 0) statusOutput(session.host).write('No stopped containers\n');
  return exitCode.success;
}
