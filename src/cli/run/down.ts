import { type DownOptions, down } from '../../compose/down.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import type { ProjectReference } from '../../compose/project-reference.ts';
import { isTrue } from '../../source/environment-switch.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { DownFlags } from '../commands/down.ts';
import { exitCode } from '../exit-code.ts';
import { referToProject } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import { type Session, withFlags } from '../session.ts';
import { tellOldFlag } from '../tell-old-flag.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Takes the project down. */
export async function runDown(given: Session, services: readonly string[], flags: DownFlags): Promise<number> {
  const session = flags.instance === undefined ? given : withFlags(given, { instance: flags.instance });
  const images = imagesOf(flags.rmi);
  if (flags.volume === true) tellOldFlag(session, '--volume', '--volumes');
  const reference = await referToProject(session, services);
  await withEngine(session, (ports) =>
    takeDown(session, ports, reference, {
      services,
      volumes: flags.volumes === true || flags.volume === true,
      removeOrphans: flags.removeOrphans ?? isTrue(session.host.environment['COMPOSE_REMOVE_ORPHANS']),
      ...(images === undefined ? {} : { images }),
      ...(flags.timeout === undefined ? {} : { timeoutSeconds: flags.timeout }),
    }),
  );
  return exitCode.success;
}

/** Takes a project down with its progress shown. */
export async function takeDown(
  session: Session,
  ports: ComposePorts,
  reference: ProjectReference,
  options: DownOptions,
): Promise<void> {
  const progress = await openProgress(session, 'down', undefined);
  try {
    await down(ports, reference, {
      ...carryOutOptionsOf(session, progress.sink, {}),
      ...(session.flags.compatibility === true ? { compatibility: true } : {}),
      ...options,
    });
  } finally {
    await progress.close();
  }
}

function imagesOf(which: string | undefined): 'local' | 'all' | undefined {
  if (which === undefined || which === 'local' || which === 'all') return which;
  throw usageError(`invalid value for --rmi: ${JSON.stringify(which)}`, 'use local or all');
}
