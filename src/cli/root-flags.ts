import { isAbsolute, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LoadRequest } from '../loader/load-request.ts';
import type { Host } from './host.ts';

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
    .option('--strict', 'an unset variable without a default is an error')
    .addOption(
      new Option('--insecure-registry <host>', 'registry to fetch compose files from without TLS, may be repeated')
        .argParser(collect)
        .hideHelp(),
    );
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
    ...(flags.compatibility === undefined ? {} : { compatibility: flags.compatibility }),
    ...(flags.strict === undefined ? {} : { strict: flags.strict }),
    ...(flags.allResources === undefined ? {} : { allResources: flags.allResources }),
  };
}
