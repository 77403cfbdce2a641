import { isAbsolute, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LoadRequest } from '../loader/load-request.ts';
import type { Host, HostOutput } from './host.ts';
import { usageError } from './usage-error.ts';

/** Flags that stand before the subcommand (compose-surface 1.2). */
export interface RootFlags {
  readonly file?: readonly string[];
  readonly projectName?: string;
  readonly profile?: readonly string[];
  readonly envFile?: readonly string[];
  readonly projectDirectory?: string;
  readonly progress?: string;
  readonly ansi?: string;
  readonly parallel?: number;
  readonly compatibility?: boolean;
  readonly allResources?: boolean;
  readonly strict?: boolean;
  readonly insecureRegistry?: readonly string[];
  /** May stand behind the subcommand too. */
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  /** The old name of `--project-directory`. */
  readonly workdir?: string;
  /** The old name of `--ansi never`. */
  readonly noAnsi?: boolean;
  /** Which copy of the project is meant. May stand behind the subcommand too. */
  readonly instance?: string;
  /** Set by commands that may make a copy under a new name. */
  readonly newInstance?: boolean;
  /** Set by commands that make copies. */
  readonly isolate?: 'warn' | 'strict';
}

/** Declares the root flags. */
export function addRootFlags(program: Command): void {
  program
    .option('-f, --file <path>', 'compose file, may be repeated; - reads standard input', collect)
    .option('-p, --project-name <name>', 'project name')
    .option('--profile <name>', 'profile to activate, may be repeated; * activates all', collect)
    .option('--env-file <path>', 'environment file in place of .env, may be repeated', collect)
    .option('--project-directory <path>', 'directory that relative paths start from')
    .option('--progress <format>', 'how progress is shown: auto, tty, plain, json, quiet')
    .option('--ansi <when>', 'colours: auto, always, never')
    .option('--parallel <number>', 'most image pulls at a time, -1 for no limit', parseInteger)
    .option('--compatibility', 'name containers with _ as Compose 1 did')
    .option('--all-resources', 'keep networks, volumes, configs and secrets that no service uses')
    .option('--instance <name>', 'copy of the project that the command is about; may stand behind the command too')
    .option('--strict', 'an unset variable without a default is an error')
    .option('--dry-run', 'show what would be done and change nothing; may stand behind the command too')
    .addOption(new Option('--workdir <path>', 'old name of --project-directory').hideHelp())
    .addOption(oldNoAnsi().hideHelp())
    .addOption(new Option('--verbose', 'accepted, without meaning').hideHelp())
    .addOption(
      new Option('--insecure-registry <host>', 'registry to fetch compose files from without TLS, may be repeated')
        .argParser(collect)
        .hideHelp(),
    );
}

/** No negation of `--ansi`: whoever gives both is told so. */
function oldNoAnsi(): Option {
  return Object.assign(new Option('--no-ansi', 'old name of --ansi never'), { negate: false });
}

/** Puts new names in place of old ones, with a note on stderr. Throws a usage error if both are given. */
export function renameOldFlags(
  { stderr }: { readonly stderr: Pick<HostOutput, 'write'> },
  flags: RootFlags,
): RootFlags {
  const { workdir, noAnsi, ...others } = flags;
  if (workdir !== undefined) {
    if (others.projectDirectory !== undefined) {
      throw usageError(
        'cannot specify DEPRECATED "--workdir" and "--project-directory". Please use only "--project-directory" instead',
      );
    }
    stderr.write("option '--workdir' is DEPRECATED at root level! Please use '--project-directory' instead.\n");
  }
  if (noAnsi === true) {
    if (others.ansi !== undefined) {
      throw usageError('cannot specify DEPRECATED "--no-ansi" and "--ansi". Please use only "--ansi"');
    }
    stderr.write("option '--no-ansi' is DEPRECATED ! Please use '--ansi' instead.\n");
  }
  return {
    ...others,
    ...(workdir === undefined ? {} : { projectDirectory: workdir }),
    ...(noAnsi === true ? { ansi: 'never' } : {}),
  };
}

/** Gathers a flag that may be repeated; `false` is what its negation, given before it, left behind. */
export function collect(value: string, previous: readonly string[] | false | undefined): readonly string[] {
  return [...(previous === undefined || previous === false ? [] : previous), value];
}

/** A whole number. */
export function parseInteger(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(value);
}

/** What to load, from the root flags and the process. */
export function loadRequestOf(host: Host, flags: RootFlags): LoadRequest {
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(host.workingDirectory, path));
  return {
    workingDirectory: host.workingDirectory,
    environment: host.environment,
    homeDirectory: host.homeDirectory,
    ...(flags.file === undefined ? {} : { files: flags.file }),
    ...(flags.projectName === undefined ? {} : { projectName: flags.projectName }),
    ...(flags.profile === undefined ? {} : { profiles: flags.profile }),
    ...(flags.envFile === undefined ? {} : { environmentFiles: flags.envFile }),
    ...(flags.projectDirectory === undefined ? {} : { projectDirectory: absolute(flags.projectDirectory) }),
    ...(flags.strict === undefined ? {} : { strict: flags.strict }),
    ...(flags.allResources === undefined ? {} : { allResources: flags.allResources }),
  };
}
