import { build, type CheckedBuild, checkBuilds, printBuild } from '../../compose/build.ts';
import type { LoadedProject } from '../../compose/load-project-strictly.ts';
import { checkServiceNames } from '../../compose/project-reference.ts';
import type { BuildAgent } from '../../engine/builder.ts';
import type { BuildPolicy } from '../../plan/plan-build.ts';
import { parseByteSize } from '../../project/byte-size.ts';
import { buildWithBuildx, namedBuilder } from '../build-with-buildx.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { BuildFlags } from '../commands/build.ts';
import { desiredInputsOf } from '../desired-inputs.ts';
import { chooseDisplay } from '../display.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openProgress } from '../open-progress.ts';
import { quietly } from '../quietly.ts';
import type { Session } from '../session.ts';
import { showNotice } from '../show-notice.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Builds images. */
export async function runBuild(given: Session, services: readonly string[], flags: BuildFlags): Promise<number> {
  const session = withProgress(given, flags.progress);
  const agents = agentsOf(flags.ssh);
  const loaded = await loadForCommand(session, { allResources: true });
  const policy: BuildPolicy = { ...policyOf(services, flags, loaded), agents };
  checkServiceNames({ name: loaded.project.name, project: loaded.project }, services);
  if (Object.values(loaded.project.services).every((service) => service.build === undefined)) {
    session.host.stderr.write('No services to build\n');
    return exitCode.success;
  }
  if (flags.print === true) {
    session.host.stdout.write(await printBuild(loaded.project, policy));
    return exitCode.success;
  }
  const builder = namedBuilder(session, flags.builder);
  if (builder !== undefined && flags.check !== true) {
    const bake = await printBuild(loaded.project, policy);
    return buildWithBuildx(session, builder, loaded.project, bake, flags.quiet === true);
  }
  const quiet = flags.quiet === true ? quietly(session) : session;
  return withEngine(quiet, async (ports, signal) => {
    if (flags.check === true) return showChecks(quiet, await checkBuilds(ports, loaded.project, { ...policy, signal }));
    const progress = await openProgress(quiet, 'build', loaded);
    try {
      await build(ports, loaded.project, {
        ...policy,
        ...(await desiredInputsOf(quiet, ports.engine)),
        ...carryOutOptionsOf(quiet, progress.sink, {}, loaded.project.origin.environment),
        written: loaded,
      });
      return exitCode.success;
    } finally {
      await progress.close();
    }
  });
}

/** `build --progress` is what older scripts write. */
function withProgress(session: Session, progress: string | undefined): Session {
  if (progress === undefined) return session;
  showNotice(session, '--progress is a global flag, better write it before the command', 'warning: ');
  return { ...session, display: chooseDisplay(session.host, { ...session.flags, progress }) };
}

/** As Docker Compose shows them; a warning makes the exit code 1. */
function showChecks({ host }: Session, checks: readonly CheckedBuild[]): number {
  for (const { service, warnings, text } of checks) {
    const found =
      warnings === 0
        ? 'Check complete, no warnings found.'
        : `Check complete, ${String(warnings)} ${warnings === 1 ? 'warning has' : 'warnings have'} been found!`;
    host.stdout.write(`${service}\n\n${found}\n${warnings === 0 ? '' : text}\n`);
  }
  return checks.some(({ warnings }) => warnings > 0) ? exitCode.failure : exitCode.success;
}

function policyOf(services: readonly string[], flags: BuildFlags, { project }: LoadedProject): BuildPolicy {
  return {
    targets: services,
    withDependencies: flags.withDependencies === true,
    noCache: flags.cache === false,
    pull: flags.pull === true,
    push: flags.push === true,
    arguments: new Map((flags.buildArg ?? []).flatMap((text) => parseArgument(text, project.origin.environment))),
    ...(flags.memory === undefined ? {} : { memory: memoryOf(flags.memory) }),
    ...(flags.provenance === undefined ? {} : { provenance: flags.provenance }),
    ...(flags.sbom === undefined ? {} : { sbom: flags.sbom }),
  };
}

/** `KEY` alone takes the value of the project's environment, and is nothing if that has none. */
function parseArgument(
  text: string,
  environment: Readonly<Record<string, string>>,
): readonly (readonly [key: string, value: string])[] {
  const equals = text.indexOf('=');
  if (equals >= 0) return [[text.slice(0, equals), text.slice(equals + 1)]];
  const value = environment[text];
  return value === undefined ? [] : [[text, value]];
}

function memoryOf(text: string): number {
  try {
    return Number(parseByteSize(text));
  } catch {
    throw usageError(`invalid argument ${JSON.stringify(text)} for "-m, --memory" flag: invalid size: '${text}'`);
  }
}

/** `default`, `id=path` or an empty text, which means default. */
function agentsOf(text: string | undefined): readonly BuildAgent[] {
  if (text === undefined) return [];
  if (text === '' || text === 'default') return [{ id: 'default', paths: [] }];
  const equals = text.indexOf('=');
  if (equals < 0) throw usageError(`invalid ssh key ${JSON.stringify(text)}`);
  return [{ id: text.slice(0, equals), paths: text.slice(equals + 1).split(',') }];
}
