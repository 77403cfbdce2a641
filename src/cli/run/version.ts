import { toolVersion } from '../../compose/tool-version.ts';
import type { VersionFlags } from '../commands/version.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';

/** Prints the version. Reads no project, so that a broken file cannot break it. */
export function runVersion({ host }: Session, flags: VersionFlags): Promise<number> {
  if (flags.short === true) host.stdout.write(`${toolVersion}\n`);
  else if (flags.format === 'json') host.stdout.write(`${JSON.stringify({ version: toolVersion })}\n`);
  else host.stdout.write(`Topsail version ${toolVersion}\n`);
  return Promise.resolve(exitCode.success);
}
