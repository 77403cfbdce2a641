import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { namedSwitch } from '../named-switch.ts';
import { collect } from '../root-flags.ts';
import { type BothSpellings, withNoTty } from './exec.ts';

/** Flags of `run`. */
export interface RunFlags {
  readonly build?: boolean;
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  /** `--no-deps` */
  readonly deps?: boolean;
  readonly detach?: boolean;
  readonly entrypoint?: string;
  readonly env?: readonly string[];
  readonly envFromFile?: readonly string[];
  /** Undefined unless it was given: the input is open then. */
  readonly interactive?: boolean;
  readonly label?: readonly string[];
  readonly name?: string;
  /** Undefined leaves it to what the streams are. */
  readonly noTty?: boolean;
  readonly publish?: readonly string[];
  readonly pull?: string;
  readonly quiet?: boolean;
  readonly quietBuild?: boolean;
  readonly quietPull?: boolean;
  readonly removeOrphans?: boolean;
  readonly rm?: boolean;
  readonly servicePorts?: boolean;
  readonly tty?: boolean;
  readonly useAliases?: boolean;
  readonly user?: string;
  readonly volume?: readonly string[];
  readonly workdir?: string;
}

type GivenFlags = RunFlags &
  BothSpellings & { readonly labels?: readonly string[]; readonly volumes?: readonly string[] };

/** `topsail run`: one container of a service for one command. */
export const runCommand: CommandDefinition = {
  name: 'run',
  endsFlagsAtArgument: true,
  define: (command, run) => {
    command
      .description('run a command once in a container of its own')
      .argument('<service>', 'the service')
      .argument('[command...]', 'the command and its arguments, in place of those of the service')
      .option('--build', 'build the image first')
      .option('--cap-add <name>', 'capability that the container gets, may be repeated', collect)
      .option('--cap-drop <name>', 'capability that the container loses, may be repeated', collect)
      .option('-d, --detach', 'print the id of the container and return')
      .option('--entrypoint <command>', 'entrypoint in place of that of the service')
      .option(
        '-e, --env <name=value>',
        'variable of the command, may be repeated; a name alone has the value it has here',
        collect,
      )
      .option('--env-from-file <path>', 'file with variables, may be repeated', collect)
      .option('-i, --interactive', 'give the command this input; on by default')
      .option('-l, --label <name=value>', 'label of the container, may be repeated', collect)
      .option('--name <name>', 'name of the container')
      .addOption(
        namedSwitch('-T, --no-tty', 'give the command no terminal; so by default unless stdin and stdout are one'),
      )
      .option('--no-deps', 'start nothing else')
      .option('-p, --publish <port>', 'publish this port in place of those of the service, may be repeated', collect)
      .option('-P, --service-ports', 'publish the ports of the service')
      .option('--pull <policy>', 'always, missing or never, in place of the policies of the file')
      .option('-q, --quiet', 'show no progress')
      .option('--quiet-build', 'do not show the output of the build')
      .option('--quiet-pull', 'do not show the layers of pulls')
      .option('--remove-orphans', 'remove containers of services the file does not define')
      .option('--rm', 'remove the container when it has ended')
      .option('--use-aliases', 'let the container be reached under the names of the service')
      .option('-u, --user <user>', 'run as this user')
      .option('-v, --volume <volume>', 'further volume, may be repeated', collect)
      .option('-w, --workdir <path>', 'run in this directory')
      .addOption(new Option('--labels <name=value>').argParser(collect).hideHelp())
      .addOption(new Option('--volumes <volume>').argParser(collect).hideHelp())
      .addOption(namedSwitch('-t, --tty', 'give the command a terminal').hideHelp())
      .addOption(namedSwitch('--no-TTY', 'as --no-tty').hideHelp())
      .action((service: string, words: readonly string[], flags: GivenFlags) =>
        run(async (session) => (await import('../run/run.ts')).runRun(session, service, words, joined(flags))),
      );
  },
};

/** The flags with what their other names add. */
function joined(flags: GivenFlags): RunFlags {
  const { label = [], labels = [], volume = [], volumes = [], ...others } = withNoTty(flags);
  return { ...others, label: [...label, ...labels], volume: [...volume, ...volumes] };
}
