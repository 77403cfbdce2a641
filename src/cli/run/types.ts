import { writeFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { stackTypes } from '../../compose/stack-types.ts';
import type { TypesFlags } from '../commands/types.ts';
import { exitCode } from '../exit-code.ts';
import { loadForCommand } from '../load-for-command.ts';
import { type Session, withFlags } from '../session.ts';
import { usageError } from '../usage-error.ts';

/** Writes the types of a compose file, of all its profiles. Needs no engine. */
export async function runTypes(given: Session, files: readonly string[], flags: TypesFlags): Promise<number> {
  const session = withFlags(given, { profile: ['*'], ...(files.length === 0 ? {} : { file: files }) });
  const { project } = await loadForCommand(session, { resolveEnvironment: false });
  const { workingDirectory, stdout } = session.host;
  const [first] = project.origin.configFiles;
  if (first === undefined || first === '-') {
    throw usageError('types are written for a compose file', 'what is read from standard input has no path in a test');
  }
  const path = relative(workingDirectory, resolve(workingDirectory, first)).split(sep).join('/');
  const text = stackTypes(project, path.startsWith('../') ? [path] : [path, `./${path}`]);
  if (flags.output === '-') {
    stdout.write(text);
    return exitCode.success;
  }
  const output = resolve(workingDirectory, flags.output ?? `${path}.d.ts`);
  await writeFile(output, text);
  stdout.write(`${relative(workingDirectory, output)}\n`);
  return exitCode.success;
}
