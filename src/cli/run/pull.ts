import { pull } from '../../compose/pull.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { PullFlags } from '../commands/pull.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import { quietly } from '../quietly.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Pulls the images of the services. */
export async function runPull(session: Session, services: readonly string[], flags: PullFlags): Promise<number> {
  const policy = policyOf(flags.policy);
  if (flags.parallel !== undefined) {
    const name = flags.parallel ? '--parallel' : '--no-parallel';
    session.host.stderr.write(`option '${name}' is DEPRECATED and will be ignored.\n`);
  }
  const includeDependencies = flags.includeDeps === true;
  const loaded = await loadForCommand(session, {
    services,
    withoutDependencies: !includeDependencies,
    resolveEnvironment: false,
  });
  const shown = flags.quiet === true ? quietly(session) : session;
  await withEngine(shown, async (ports) => {
    const progress = await openProgress(shown, 'pull', loaded);
    try {
      await pull(ports, loaded.project, {
        ...carryOutOptionsOf(shown, progress.sink, {}),
        written: loaded,
        ignoreFailures: flags.ignorePullFailures === true,
        ignoreBuildable: flags.ignoreBuildable === true,
        ...(policy === undefined ? {} : { policy }),
      });
    } finally {
      await progress.close();
    }
  });
  return exitCode.success;
}

function policyOf(text: string | undefined): 'missing' | 'always' | undefined {
  if (text === undefined || text === 'missing' || text === 'always') return text;
  if (text === 'if_not_present') return 'missing';
  throw usageError(`invalid --policy option ${JSON.stringify(text)}`, 'use missing or always');
}
