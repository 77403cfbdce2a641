import type { ExistingOptions } from '../../compose/existing-project.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import type { ProjectReference } from '../../compose/project-reference.ts';
import type { ActionResult } from '../../compose/up.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import { referToProject } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

/** An action of `compose/` on containers that exist. */
export type ExistingAction = (
  ports: ComposePorts,
  reference: ProjectReference,
  options: ExistingOptions,
) => Promise<ActionResult>;

/** Finds the project of a command on existing containers, carries the action out and shows its progress. */
export async function actOnProject(
  session: Session,
  title: string,
  services: readonly string[],
  action: ExistingAction,
): Promise<ActionResult> {
  const reference = await referToProject(session, services);
  return withEngine(session, async (ports) => {
    const progress = await openProgress(session, title, undefined);
    try {
      return await action(ports, reference, {
        ...carryOutOptionsOf(session, progress.sink, {}),
        services,
        ...(session.flags.compatibility === true ? { compatibility: true } : {}),
      });
    } finally {
      await progress.close();
    }
  });
}
