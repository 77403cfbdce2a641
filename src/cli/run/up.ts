import { endpoints } from '../../compose/endpoints.ts';
import type { LoadedProject } from '../../compose/load-project-strictly.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import { up } from '../../compose/up.ts';
import type { UpOptions } from '../../compose/up-options.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { UpFlags } from '../commands/up.ts';
import { desiredInputsOf } from '../desired-inputs.ts';
import { diskReaderOf } from '../disk-reader-of.ts';
import { endpointWords } from '../endpoint-words.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import { recordingReader } from '../recording-reader.ts';
import { type Session, withFlags } from '../session.ts';
import { showNotice } from '../show-notice.ts';
import { tellOldFlag } from '../tell-old-flag.ts';
import { checkUpFlags, isDetached } from '../up-flag-rules.ts';
import { upPolicyOf } from '../up-policy-of.ts';
import { withEngine } from '../with-engine.ts';
import { checkTimelineTarget, writeTimeline, writeTimelineOfFailure } from '../write-timeline.ts';
import { runAttachedUp } from './attached-up.ts';

/** Brings the project up, and stays with it unless it is told to detach. */
export function runUp(given: Session, services: readonly string[], flags: UpFlags): Promise<number> {
  const session = withFlags(given, {
    newInstance: true,
    ...(flags.instance === undefined ? {} : { instance: flags.instance }),
    ...(flags.isolate === undefined ? {} : { isolate: flags.isolate }),
  });
  return bringUp(session, 'up', services, flags);
}

/** What `up`, `create` and `scale` do, which is one thing under different flags. */
export async function bringUp(
  session: Session,
  title: 'up' | 'create' | 'scale',
  services: readonly string[],
  given: UpFlags,
): Promise<number> {
  if (given.y === true) tellOldFlag(session, '--y', '--yes');
  const flags = given.y === true ? { ...given, yes: true } : given;
  checkUpFlags(flags);
  checkTimelineTarget(flags.timeline);
  const { reader, remoteFiles } = recordingReader(diskReaderOf(session));
  const load = {
    services,
    withoutDependencies: flags.deps === false,
    ...(flags.strict === true ? { strict: true } : {}),
  };
  const loaded = await loadForCommand(session, load, reader);
  if (remoteFiles.size > 0) {
    const { confirmRemoteProject } = await import('../confirm-remote-project.ts');
    await confirmRemoteProject(session, { loaded, reader, remoteFiles }, { yes: flags.yes });
  }
  // COMPOSE_* variables may come from the project's env file too.
  const policy = upPolicyOf(services, flags, loaded.project.origin.environment);
  return withEngine(session, async (ports) => {
    const base: UpOptions = {
      ...policy,
      ...(await desiredInputsOf(session, ports.engine)),
      written: loaded,
      ...(flags.waitTimeout === undefined ? {} : { waitTimeoutSeconds: flags.waitTimeout }),
    };
    return isDetached(flags) || session.flags.dryRun === true
      ? runDetachedUp({ session, title, ports, loaded }, base, flags)
      : runAttachedUp(session, ports, loaded, base, flags);
  });
}

/** One invocation: the command's name, the loaded project, and where it goes. */
interface Invocation {
  readonly session: Session;
  readonly title: string;
  readonly ports: ComposePorts;
  readonly loaded: LoadedProject;
}

async function runDetachedUp(
  { session, title, ports, loaded }: Invocation,
  base: UpOptions,
  flags: UpFlags,
): Promise<number> {
  const progress = await openProgress(session, title, loaded);
  try {
    const result = await up(ports, loaded.project, {
      ...base,
      ...carryOutOptionsOf(session, progress.sink, flags, loaded.project.origin.environment),
    });
    await progress.close();
    if (flags.timeline !== undefined) await writeTimeline(session, result.timeline, flags.timeline);
    if (session.flags.dryRun !== true) await tellEndpoints(session, ports, loaded);
    else if (!isDetached(flags)) {
      session.host.stdout.write("end of 'compose up' output, interactive run is not supported in dry-run mode\n");
    }
    return exitCode.success;
  } catch (error) {
    await progress.close();
    await writeTimelineOfFailure(session, error, flags.timeline);
    throw error;
  } finally {
    await progress.close();
  }
}

/** Nobody can know beforehand where a copy is reached. */
async function tellEndpoints(session: Session, ports: ComposePorts, { project }: LoadedProject): Promise<void> {
  const { format } = session.display;
  if (project.origin.instance === undefined || format === 'json' || format === 'quiet') return;
  const found = await endpoints(ports, { name: project.name, project }, { signal: session.interrupts.signal });
  if (found.length > 0) showNotice(session, `${project.name}: ${found.map(endpointWords).join(', ')}`);
}
