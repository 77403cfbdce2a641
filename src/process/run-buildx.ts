import { spawn } from 'node:child_process';
import { findPlugin, findProgram, type PluginSearch } from './find-plugin.ts';

/** One run of an installed buildx. */
export interface BuildxRun {
  /** The bake file, as its standard input. */
  readonly bake: string;
  readonly builder: string;
  /** What the bake file may ask for, such as `security.insecure`. */
  readonly entitlements: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told of what it writes, to either stream. */
  readonly onOutput: (text: string) => void;
}

/** The installed buildx, as a plugin of the docker command or a program of its own; undefined if there is none. */
export async function findBuildx(search: PluginSearch): Promise<string | undefined> {
  return (await findPlugin('buildx', search)) ?? (await findProgram('docker-buildx', search));
}

/** Builds a bake file with an installed buildx and gives its exit code. Rejects if it cannot be started or is aborted. */
export function runBuildx(program: string, run: BuildxRun): Promise<number> {
  const { bake, builder, entitlements, environment, signal, onOutput } = run;
  const allowed = ['fs.read=*', ...entitlements].flatMap((name) => ['--allow', name]);
  const parameters = ['bake', '--file', '-', '--progress', 'plain', '--builder', builder, ...allowed];
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...environment }, signal });
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
    // A program that does not read its input is no failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bake);
  });
}
