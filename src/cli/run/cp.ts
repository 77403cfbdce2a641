import { isAbsolute, resolve } from 'node:path';
import { type CopyOptions, copyIn, copyOut, packOut, unpackIn } from '../../compose/copy.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import type { CpFlags } from '../commands/cp.ts';
import { exitCode } from '../exit-code.ts';
import { nameOfProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { showStep } from '../show-step.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Copies files into the containers of a service, or out of one. */
export async function runCp(session: Session, source: string, destination: string, flags: CpFlags): Promise<number> {
  const from = readPlace(source);
  const to = readPlace(destination);
  if (from.service !== undefined && to.service !== undefined)
    throw usageError('copying between services is not supported');
  if (from.service === undefined && to.service === undefined) throw usageError('unknown copy direction');
  const inwards = from.service === undefined;
  const project = await nameOfProject(session);
  await withEngine(session, (ports, signal) => {
    const local = inwards ? from.path : to.path;
    const options: CopyOptions = {
      service: (inwards ? to.service : from.service) ?? '',
      containerPath: inwards ? to.path : from.path,
      localPath: isAbsolute(local) ? local : keepEnd(local, resolve(session.host.workingDirectory, local)),
      followLink: flags.followLink === true,
      keepOwners: flags.archive === true,
      oneOffs: flags.all === true,
      ...(flags.index === undefined ? {} : { index: flags.index }),
      signal,
      ...(session.flags.dryRun === true ? { dryRun: true } : {}),
      onStep: (container, step) => {
        const way = inwards ? `${source} to ${container}:${to.path}` : `${container}:${from.path} to ${destination}`;
        showStep(session, container, `copy ${way}`, step === 'copying' ? 'Copying' : 'Copied');
      },
    };
    return copy(session, ports, project, { options, inwards, piped: local === '-' });
  });
  return exitCode.success;
}

async function copy(
  session: Session,
  ports: ComposePorts,
  project: string,
  { options, inwards, piped }: { readonly options: CopyOptions; readonly inwards: boolean; readonly piped: boolean },
): Promise<void> {
  const { host, interrupts } = session;
  if (!piped) return (inwards ? copyIn : copyOut)(ports, project, options);
  if (inwards) return unpackIn(ports, project, { ...options, tar: host.stdin.read(interrupts.signal) });
  const tar = await packOut(ports, project, options);
  if (options.dryRun !== true) for await (const piece of tar) await host.stdout.writeBytes(piece);
}

/** `SERVICE:PATH`; a path that begins with a slash or a dot is one of this machine, whatever follows. */
function readPlace(text: string): { readonly service: string | undefined; readonly path: string } {
  const end = /^[./]/.test(text) || isAbsolute(text) ? -1 : text.indexOf(':');
  if (end < 0) return { service: undefined, path: text };
  return { service: text.slice(0, end), path: text.slice(end + 1) };
}

/** What the end of a path says is lost when it is resolved. */
function keepEnd(written: string, absolute: string): string {
  const end = /(?:^|\/)\.\/*$/.test(written) ? '/.' : written.endsWith('/') ? '/' : '';
  return `${absolute}${end}`;
}
