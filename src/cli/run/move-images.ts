import type { LoadedProject } from '../../compose/load-project-strictly.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import type { CarryOutOptions, UpOptions } from '../../compose/up-options.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import { quietly } from '../quietly.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

/** What `pull` and `push` may be told alike. */
export interface MoveFlags {
  readonly quiet?: boolean;
  readonly includeDeps?: boolean;
}

/** Pulls or pushes images of the services: loads them, shows the progress of the move, and gives the exit code. */
export async function moveImages(
  session: Session,
  title: 'pull' | 'push',
  services: readonly string[],
  flags: MoveFlags,
  move: (
    ports: ComposePorts,
    project: LoadedProject['project'],
    options: CarryOutOptions & Pick<UpOptions, 'written'>,
  ) => Promise<unknown>,
): Promise<number> {
  const loaded = await loadForCommand(session, {
    services,
    withoutDependencies: flags.includeDeps !== true,
    resolveEnvironment: false,
  });
  const shown = flags.quiet === true ? quietly(session) : session;
  await withEngine(shown, async (ports) => {
    const progress = await openProgress(shown, title, loaded);
    try {
      const options = carryOutOptionsOf(shown, progress.sink, {}, loaded.project.origin.environment);
      await move(ports, loaded.project, { ...options, written: loaded });
    } finally {
      await progress.close();
    }
  });
  return exitCode.success;
}
