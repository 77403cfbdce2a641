import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { namedSwitch } from '../named-switch.ts';
import { collect, parseInteger } from '../root-flags.ts';

/** Flags of `exec`. */
export interface ExecFlags {
  readonly detach?: boolean;
  readonly env?: readonly string[];
  readonly index?: number;
  /** Undefined leaves it to what stdout is. */
  readonly noTty?: boolean;
  readonly interactive?: boolean;
  readonly privileged?: boolean;
  readonly user?: string;
  readonly workdir?: string;
}

/** Docker Compose has written the flag in two ways. */
export interface BothSpellings {
  readonly noTty?: boolean;
  readonly noTTY?: boolean;
}

/** The flags with what either spelling says. */
export function withNoTty<Flags extends BothSpellings>(flags: Flags): Flags {
  const noTty = flags.noTty ?? flags.noTTY;
  return noTty === undefined ? flags : { ...flags, noTty };
}

/** `topsail exec`: runs a command in a running container. */
export const execCommand: CommandDefinition = {
  name: 'exec',
  endsFlagsAtArgument: true,
  define: (command, run) => {
    command
      .description('run a command in a running container')
      .argument('<service>', 'the service')
      .argument('<command...>', 'the command and its arguments')
      .option('-d, --detach', 'leave the command running and return')
      .option(
        '-e, --env <name=value>',
        'variable of the command, may be repeated; a name alone has the value it has here',
        collect,
      )
      .option('--index <number>', 'the container of the service with this number', parseInteger)
      .addOption(namedSwitch('-T, --no-tty', 'give the command no terminal; so by default unless stdout is one'))
      .addOption(namedSwitch('--no-TTY', 'as --no-tty').hideHelp())
      .option('--privileged', 'give the command extended privileges')
      .option('-u, --user <user>', 'run as this user')
      .option('-w, --workdir <path>', 'run in this directory')
      .addOption(namedSwitch('-t, --tty', 'accepted and without effect').hideHelp())
      .addOption(new Option('-i, --interactive', 'give the command this input').default(true).hideHelp())
      .action((service: string, words: readonly string[], flags: ExecFlags & BothSpellings) =>
        run(async (session) => {
          const { runExec } = await import('../run/exec.ts');
          return runExec(session, service, words, withNoTty(flags));
        }),
      );
  },
};
