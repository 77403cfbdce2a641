import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ConfigRequest, type ConfigSelector, config, type ServiceHash } from '../../compose/config.ts';
import type { ConfigFlags } from '../commands/config.ts';
import { diskReaderOf } from '../disk-reader-of.ts';
import { exitCode } from '../exit-code.ts';
import { registrySurroundingsOf } from '../registry-surroundings.ts';
import { loadRequestOf } from '../root-flags.ts';
import type { Session } from '../session.ts';
import { showDiagnostics, shownName } from '../show-diagnostics.ts';
import { usageError } from '../usage-error.ts';

/** What these list is told of the whole project, whatever services are named, as Docker Compose does. */
const ofTheWhole: ReadonlySet<ConfigSelector> = new Set(['services', 'volumes', 'networks', 'models', 'hash']);

/** Checks the file and prints the project in canonical form, or what is asked for instead. Needs no engine. */
export async function runConfig(session: Session, services: readonly string[], flags: ConfigFlags): Promise<number> {
  const selector = selectorOf(flags);
  const result = await config(
    {
      load: loadRequest(session, selector !== undefined && ofTheWhole.has(selector) ? [] : services, flags),
      ...formatOf(flags, selector),
      ...(selector === undefined ? {} : { selector }),
      ...(flags.quiet === true ? { quiet: true } : {}),
      ...markingOf(session, flags, selector),
      ...(await pinningOf(session, flags)),
      ...(flags.hash === undefined ? {} : { hashServices: flags.hash }),
    },
    diskReaderOf(session),
    await hashOf(flags),
  );
  showDiagnostics(session, result.diagnostics, result.sources);
  if (flags.quiet === true) return exitCode.success;
  if (flags.output !== undefined && selector === undefined) {
    await writeFile(resolve(session.host.workingDirectory, flags.output), result.text);
  } else session.host.stdout.write(result.text);
  return exitCode.success;
}

/** Only lines of YAML that show the project have an origin. */
function markingOf(
  session: Session,
  flags: ConfigFlags,
  selector: ConfigSelector | undefined,
): Pick<ConfigRequest, 'markOrigins'> {
  if (flags.provenance !== true) return {};
  const other = selector !== undefined || flags.resolveImageDigests === true || flags.lockImageDigests === true;
  if (flags.format === 'json' || other) {
    throw usageError(
      '--provenance marks the lines of the project in YAML',
      'topsail explain --json PATH tells the same of single values as JSON',
    );
  }
  return { markOrigins: (file) => shownName(file, session.host.workingDirectory) };
}

/** Hashing is loaded when it is asked for, as it brings the runtime's cryptography along. */
async function hashOf(flags: ConfigFlags): Promise<ServiceHash> {
  if (flags.hash === undefined) return () => '';
  const { serviceHash } = await import('../../state/config-hash.ts');
  return (_, service) => serviceHash(service);
}

async function pinningOf(session: Session, flags: ConfigFlags): Promise<Pick<ConfigRequest, 'pinning'>> {
  const lock = flags.lockImageDigests === true;
  if (!lock && flags.resolveImageDigests !== true) return {};
  const { connectRegistry } = await import('../../connect/connect-registry.ts');
  const registry = await connectRegistry(registrySurroundingsOf(session));
  return { pinning: { registry, lock, signal: session.interrupts.signal } };
}

/** The first one wins, in the order Docker Compose looks at them. */
function selectorOf(flags: ConfigFlags): ConfigSelector | undefined {
  if (flags.services === true) return 'services';
  if (flags.volumes === true) return 'volumes';
  if (flags.networks === true) return 'networks';
  if (flags.models === true) return 'models';
  if (flags.hash !== undefined) return 'hash';
  if (flags.profiles === true) return 'profiles';
  if (flags.images === true) return 'images';
  if (flags.variables === true) return 'variables';
  return flags.environment === true ? 'environment' : undefined;
}

function formatOf({ format }: ConfigFlags, selector: ConfigSelector | undefined): Pick<ConfigRequest, 'format'> {
  if (format === undefined || (format === 'table' && selector === 'variables')) return {};
  if (format === 'yaml' || format === 'json') return { format };
  throw usageError(`unsupported format ${JSON.stringify(format)}`, 'use one of yaml, json');
}

function loadRequest(session: Session, services: readonly string[], flags: ConfigFlags): ConfigRequest['load'] {
  return {
    ...loadRequestOf(session.host, session.flags),
    services,
    ...(flags.strict === true ? { strict: true } : {}),
    ...(flags.interpolate === false ? { interpolate: false } : {}),
    ...(flags.normalize === false || session.flags.compatibility === true ? { normalize: false } : {}),
    ...(flags.pathResolution === false ? { resolvePaths: false } : {}),
    ...(flags.consistency === false ? { checkConsistency: false } : {}),
    ...(flags.envResolution === false ? { resolveEnvironment: false } : {}),
  };
}
