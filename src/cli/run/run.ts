import { build } from '../../compose/build.ts';
import type { LoadedProject } from '../../compose/load-project-strictly.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import { createOneOff, type OneOff } from '../../compose/run.ts';
import type { EventSink } from '../../events/event.ts';
import type { OneOffOverrides } from '../../state/one-off.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { RunFlags } from '../commands/run.ts';
import { converse } from '../converse.ts';
import { desiredInputsOf } from '../desired-inputs.ts';
import { diskReaderOf } from '../disk-reader-of.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { oneOffOverrides, terminalOf } from '../one-off-overrides.ts';
import { openProgress } from '../open-progress.ts';
import { recordingReader } from '../recording-reader.ts';
import { refuseDryRun } from '../refuse-dry-run.ts';
import type { Session } from '../session.ts';
import { type SessionKeys, sessionKeys } from '../session-keys.ts';
import { upPolicyOf } from '../up-policy-of.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Runs a command in a container of its own; the exit code is the container's. */
export async function runRun(
  given: Session,
  service: string,
  command: readonly string[],
  flags: RunFlags,
): Promise<number> {
  refuseDryRun(given, 'interactive run');
  const session: Session = flags.quiet === true ? { ...given, display: { ...given.display, format: 'quiet' } } : given;
  checkFlags(session, flags);
  const keys = await sessionKeys(session);
  const loaded = await load(session, service, flags);
  const overrides = await oneOffOverrides(session.host, loaded.project, command, flags);
  return withEngine(session, async (ports, signal) => {
    const oneOff = await create(session, { ports, loaded, service, flags, overrides });
    if (flags.detach !== true) return attend(session, ports, oneOff, keys);
    await oneOff.start({ signal });
    session.host.stdout.write(`${oneOff.id}\n`);
    return exitCode.success;
  });
}

function checkFlags({ host }: Session, flags: RunFlags): void {
  if (flags.servicePorts === true && (flags.publish ?? []).length > 0)
    throw usageError('--service-ports and --publish are incompatible');
  terminalOf(host, flags);
}

async function load(session: Session, service: string, flags: RunFlags): Promise<LoadedProject> {
  const { reader, remoteFiles } = recordingReader(diskReaderOf(session));
  const request = { services: [service], withoutDependencies: flags.deps === false };
  const loaded = await loadForCommand(session, request, reader);
  if (remoteFiles.size > 0) {
    const { confirmRemoteProject } = await import('../confirm-remote-project.ts');
    await confirmRemoteProject(session, { loaded, reader, remoteFiles }, { yes: undefined });
  }
  return loaded;
}

/** What a run is made from. */
interface RunWork {
  readonly ports: ComposePorts;
  readonly loaded: LoadedProject;
  readonly service: string;
  readonly flags: RunFlags;
  readonly overrides: OneOffOverrides;
}

async function create(session: Session, { ports, loaded, service, flags, overrides }: RunWork): Promise<OneOff> {
  const policyFlags = {
    removeOrphans: flags.removeOrphans === true,
    ...(flags.deps === undefined ? {} : { deps: flags.deps }),
    ...(flags.pull === undefined ? {} : { pull: flags.pull }),
  };
  const policy = upPolicyOf([service], policyFlags, loaded.project.origin.environment);
  const progress = await openProgress(session, 'run', loaded);
  try {
    const common = {
      ...(await desiredInputsOf(session, ports.engine)),
      ...carryOutOptionsOf(session, aboutOthers(service, progress.sink), flags),
      written: loaded,
    };
    // Only the service's own image: dependencies run as they are.
    if (flags.build === true) await build(ports, loaded.project, { ...common, targets: [service], onePlatform: true });
    return await createOneOff(ports, loaded.project, {
      ...policy,
      ...common,
      service,
      overrides,
      ...(flags.name === undefined ? {} : { name: flags.name }),
      useAliases: flags.useAliases === true,
      autoRemove: flags.rm === true,
    });
  } finally {
    await progress.close();
  }
}

/** The progress of everything else: the container itself speaks next, and what failed is told where the command ends. */
function aboutOthers(service: string, sink: EventSink): EventSink {
  const isOwn = (event: { readonly service?: string; readonly operation?: string }): boolean =>
    event.service === service && (event.operation === 'create-container' || event.operation === 'copy-files');
  return (event) => {
    if (event.type === 'plan') sink({ ...event, nodes: event.nodes.filter((node) => !isOwn(node)) });
    else if (event.type !== 'summary' && !('operation' in event && isOwn(event))) sink(event);
  };
}

async function attend(session: Session, ports: ComposePorts, oneOff: OneOff, keys: SessionKeys): Promise<number> {
  const { id, terminal, input } = oneOff;
  const { signal } = session.interrupts;
  const process = await oneOff.attach({ signal, ...(terminal ? { detachKeys: keys.text } : {}) });
  const end = await converse(session, process, {
    input,
    detachKeys: keys.bytes,
    forwardSignal: (name) => ports.engine.containers.kill(id, { signal: name }),
    onReady: () => oneOff.start({ signal }),
  });
  return end === 'ended' ? process.exitCode() : exitCode.success;
}
