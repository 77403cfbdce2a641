import { wait } from '../../compose/wait.ts';
import type { WaitFlags } from '../commands/wait.ts';
import { referToProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';
import { takeDown } from './down.ts';

/** Waits for containers to exit, tells their exit codes and gives that of the last one. */
export async function runWait(session: Session, services: readonly string[], flags: WaitFlags): Promise<number> {
  const reference = await referToProject(session, services);
  return withEngine(session, async (ports, signal) => {
    const code = await wait(ports, reference, {
      services,
      signal,
      onExit: ({ id, exitCode }) => {
        session.host.stdout.write(`container ${JSON.stringify(id)} exited with status code ${String(exitCode)}\n`);
      },
    });
    // By labels: services that a profile disables go too, as with Docker Compose.
    const all = { name: reference.name, project: undefined };
    if (flags.downProject === true) await takeDown(session, ports, all, { removeOrphans: true });
    return code;
  });
}
