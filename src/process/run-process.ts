import { spawn } from 'node:child_process';

/** What a finished process left behind. */
export interface ProcessResult {
  /** -1 if a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Output beyond this many characters is dropped. */
const longestOutput = 1 << 20;

/**
 * Runs a program to its end, with `input` as its standard input. Rejects if it cannot be started (an Error with `code` `ENOENT`) or
 * with the signal's reason when aborted; the program is ended then.
 */
export function runProcess(
  command: string,
  parameters: readonly string[],
  options: {
    readonly input?: string;
    readonly environment?: Readonly<Record<string, string | undefined>>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.environment === undefined ? {} : { env: { ...options.environment } }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (output[name].length < longestOutput) output[name] += text;
      });
    }
    child.on('error', (error) => reject(options.signal?.aborted === true ? reasonOf(options.signal) : error));
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, ...output }));
    // A program that does not read its input is no failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason });
}
