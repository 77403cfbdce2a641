import { type ExecOptions, exec, execDetached } from '../../compose/exec.ts';
import type { ExecFlags } from '../commands/exec.ts';
import { converse } from '../converse.ts';
import { exitCode } from '../exit-code.ts';
import { givenEnvironment, projectEnvironment } from '../given-environment.ts';
import { nameOfProject } from '../load-for-command.ts';
import { refuseDryRun } from '../refuse-dry-run.ts';
import type { Session } from '../session.ts';
import { sessionKeys } from '../session-keys.ts';
import { terminalSize } from '../terminal-size.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Runs a command in a running container; the exit code is its own. */
export async function runExec(
  session: Session,
  service: string,
  command: readonly string[],
  flags: ExecFlags,
): Promise<number> {
  refuseDryRun(session, 'interactive exec');
  const { host } = session;
  const terminal = flags.noTty === undefined ? host.stdout.isTerminal : !flags.noTty;
  const input = flags.interactive !== false && flags.detach !== true;
  if (terminal && input && !host.stdin.isTerminal) throw usageError('the input device is not a TTY');
  const name = await nameOfProject(session);
  const variables = await givenEnvironment(flags.env ?? [], () => projectEnvironment(session));
  const environment = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
  const keys = await sessionKeys(session);
  return withEngine(session, async (ports, signal) => {
    const options: ExecOptions = {
      ...{ service, command, environment, terminal, input, signal },
      ...(terminal ? { detachKeys: keys.text, ...terminalSize(host) } : {}),
      ...(flags.index === undefined ? {} : { index: flags.index }),
      ...(flags.user === undefined ? {} : { user: flags.user }),
      ...(flags.workdir === undefined ? {} : { workingDirectory: flags.workdir }),
      ...(flags.privileged === true ? { privileged: true } : {}),
    };
    if (flags.detach === true) {
      await execDetached(ports, name, options);
      return exitCode.success;
    }
    const process = await exec(ports, name, options);
    const end = await converse(session, process, { input, detachKeys: keys.bytes });
    if (end === 'ended') return process.exitCode();
    host.stderr.write('read escape sequence\n');
    return exitCode.failure;
  });
}
