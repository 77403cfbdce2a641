import type { Project } from '../project/project.ts';
import { exitCode } from './exit-code.ts';
import type { Session } from './session.ts';
import { usageError } from './usage-error.ts';

/** The builder that was asked for by name, if it is none of the engine's own. */
export function namedBuilder({ host }: Session, flag: string | undefined): string | undefined {
  const name = flag ?? host.environment['BUILDX_BUILDER'] ?? '';
  return name === '' || name === 'default' ? undefined : name;
}

/** Builds with a builder of an installed buildx, which only that knows. Throws a usage error if there is no buildx. */
export async function buildWithBuildx(
  session: Session,
  builder: string,
  project: Project,
  bake: string,
  quiet: boolean,
): Promise<number> {
  const { host, interrupts } = session;
  const { findBuildx, runBuildx } = await import('../process/run-buildx.ts');
  const program = await findBuildx(host);
  if (program === undefined) {
    throw usageError(
      `no builder ${JSON.stringify(builder)} found`,
      'builders by name are those of buildx, which is not installed',
    );
  }
  if (!quiet) host.stderr.write(`builder ${builder} is one of buildx: ${program} builds\n`);
  const ended = await runBuildx(program, {
    bake,
    builder,
    progress: 'plain',
    entitlements: Object.values(project.services).some(({ build }) => build?.['privileged'] === true)
      ? ['security.insecure']
      : [],
    environment: { ...project.origin.environment, ...host.environment },
    signal: interrupts.signal,
    onOutput: (text) => {
      if (!quiet) host.stdout.write(text);
    },
  });
  return ended === 0 ? exitCode.success : exitCode.failure;
}
