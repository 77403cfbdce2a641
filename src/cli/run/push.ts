import { push } from '../../compose/push.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { PushFlags } from '../commands/push.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import { quietly } from '../quietly.ts';
import type { Session } from '../session.ts';
import { withEngine } from '../with-engine.ts';

/** Pushes what the services build. */
export async function runPush(session: Session, services: readonly string[], flags: PushFlags): Promise<number> {
  const includeDependencies = flags.includeDeps === true;
  const loaded = await loadForCommand(session, {
    services,
    withoutDependencies: !includeDependencies,
    resolveEnvironment: false,
  });
  const shown = flags.quiet === true ? quietly(session) : session;
  await withEngine(shown, async (ports) => {
    const progress = await openProgress(shown, 'push', loaded);
    try {
      await push(ports, loaded.project, {
        ...carryOutOptionsOf(shown, progress.sink, {}),
        written: loaded,
        ignoreFailures: flags.ignorePushFailures === true,
      });
    } finally {
      await progress.close();
    }
  });
  return exitCode.success;
}
