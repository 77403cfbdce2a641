import { pull } from '../../compose/pull.ts';
import type { PullFlags } from '../commands/pull.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';
import { moveImages } from './move-images.ts';

/** Pulls the images of the services. */
export async function runPull(session: Session, services: readonly string[], flags: PullFlags): Promise<number> {
  const policy = policyOf(flags.policy);
  if (flags.parallel !== undefined) {
    const name = flags.parallel ? '--parallel' : '--no-parallel';
    session.host.stderr.write(`option '${name}' is DEPRECATED and will be ignored.\n`);
  }
  return moveImages(session, 'pull', services, flags, (ports, project, options) =>
    pull(ports, project, {
      ...options,
      ignoreFailures: flags.ignorePullFailures === true,
      ignoreBuildable: flags.ignoreBuildable === true,
      ...(policy === undefined ? {} : { policy }),
    }),
  );
}

function policyOf(text: string | undefined): 'missing' | 'always' | undefined {
  if (text === undefined || text === 'missing' || text === 'always') return text;
  if (text === 'if_not_present') return 'missing';
  throw usageError(`invalid --policy option ${JSON.stringify(text)}`, 'use missing or always');
}
