import { commit } from '../../compose/commit.ts';
import type { CommitFlags } from '../commands/commit.ts';
import { exitCode } from '../exit-code.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { showStep } from '../show-step.ts';
import { withEngine } from '../with-engine.ts';

/** Makes an image of a container and says its id. */
export async function runCommit(
  session: Session,
  service: string,
  reference: string | undefined,
  { author, change, index, message, pause }: CommitFlags,
): Promise<number> {
  const project = await nameOfProject(session);
  await withEngine(session, async (ports, signal) => {
    const { image, container } = await commit(ports, project, {
      service,
      signal,
      pause: pause !== false,
      ...(session.flags.dryRun === true ? { dryRun: true } : {}),
      ...(reference === undefined ? {} : { reference }),
      ...(author === undefined ? {} : { author }),
      ...(change === undefined ? {} : { changes: change }),
      ...(index === undefined ? {} : { index }),
      ...(message === undefined ? {} : { message }),
      onContainer: (name) => showStep(session, name, `Commit ${name}`, 'Committing'),
    });
    showStep(session, container, `Commit ${container}`, image === undefined ? 'Committed' : `Committed as ${image}`);
  });
  return exitCode.success;
}
