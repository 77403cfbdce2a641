import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CommandResult } from './topsail-process.ts';

/** Where a command runs and what it reads. */
export interface CommandOptions {
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Standard input; none by default. */
  readonly input?: string;
}

/** Runs any program to its end; a program that cannot be started has exit code 127. */
export async function runAny(
  program: string,
  words: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(program, words, { cwd: options.directory, env: options.environment });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program may end without reading what it is given.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { exitCode: code ?? 128, stdout, stderr };
  } catch (error) {
    return { exitCode: 127, stdout, stderr: String(error) };
  }
}
