import { spawn } from 'node:child_process';
import { findPlugin, findProgram, type PluginSearch } from './find-plugin.ts';
import { runProcess } from './run-process.ts';

/** One run of an installed buildx. */
export interface BuildxRun {
  /** The bake file, as its standard input. */
  readonly bake: string;
  /** Of the bake file; absent means its default group. */
  readonly targets?: readonly string[];
  readonly builder: string;
  readonly progress: 'plain' | 'rawjson';
  /** The file that it is to describe its results in. */
  readonly metadata?: string;
  /** What the bake file may ask for, such as `security.insecure`. */
  readonly entitlements: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  /** Told of what it writes, to either stream. */
  readonly onOutput: (text: string) => void;
}

/** A builder of an installed buildx. */
export interface BuildxBuilder {
  readonly program: string;
  readonly name: string;
}

/** The installed buildx, as a plugin of the docker command or a program of its own; undefined if there is none. */
export async function findBuildx(search: PluginSearch): Promise<string | undefined> {
  return (await findPlugin('buildx', search)) ?? (await findProgram('docker-buildx', search));
}

/**
 * A builder that is more than the engine's own: the one that buildx uses, else the first one. Undefined if there is none, or no
 * buildx.
 */
export async function findOtherBuilder(search: PluginSearch, signal?: AbortSignal): Promise<BuildxBuilder | undefined> {
  const program = await findBuildx(search);
  if (program === undefined) return undefined;
  const { exitCode, stdout } = await runProcess(program, ['ls', '--format', '{{json .}}'], {
    environment: search.environment,
    ...(signal === undefined ? {} : { signal }),
  });
  if (exitCode !== 0) return undefined;
  const listed = stdout
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as ListedBuilder] : []));
  const others = listed.filter(({ Driver = '' }) => Driver !== '' && Driver !== 'docker');
  const name = (others.find(({ Current }) => Current === true) ?? others[0])?.Name;
  return name === undefined ? undefined : { program, name };
}

interface ListedBuilder {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Current?: boolean;
}

/** Builds a bake file with an installed buildx and gives its exit code. Rejects if it cannot be started or is aborted. */
export function runBuildx(program: string, run: BuildxRun): Promise<number> {
  const { bake, builder, entitlements, environment, metadata, progress, signal, targets = [], onOutput } = run;
  const parameters = [
    ...['bake', '--file', '-', '--progress', progress, '--builder', builder],
    ...['fs=*', ...entitlements].flatMap((name) => ['--allow', name]),
    ...(metadata === undefined ? [] : ['--metadata-file', metadata]),
    ...targets,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...environment },
      ...(signal === undefined ? {} : { signal }),
    });
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
    // A program that does not read its input is no failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bake);
  });
}
