import { composeVersion, toolVersion } from '../../compose/tool-version.ts';
import type { VersionFlags } from '../commands/version.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';

/**
 * Prints the version. Reads no project, so that a broken file cannot break it. Called as `docker compose` it is the version of Docker
 * Compose whose behaviour is kept, for scripts that ask whether it is new enough.
 */
export function runVersion({ host }: Session, flags: VersionFlags): Promise<number> {
  const version = host.asDockerCompose === true ? composeVersion : toolVersion;
  const pretty =
    host.asDockerCompose === true
      ? `Docker Compose version ${version} (Topsail ${toolVersion})`
      : `Topsail version ${version}, in place of Docker Compose version ${composeVersion}`;
  if (flags.short === true) host.stdout.write(`${version}\n`);
  else if (flags.format === 'json') host.stdout.write(`${JSON.stringify({ version })}\n`);
  else host.stdout.write(`${pretty}\n`);
  return Promise.resolve(exitCode.success);
}
