import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a program ended. */
export interface ProcessEnd {
  /** -1 if a signal ended it. */
  readonly exitCode: number;
  /** The end of its error output. */
  readonly stderr: string;
}

/** Error output before this many last characters is dropped. */
const longestComplaint = 4096;

/**
 * Runs a program and gives the lines of its output as they come, and its end as the generator's result. Throws if it cannot
 * be started and the signal's reason when aborted. The program is ended when the caller stops reading.
 */
export async function* processLines(
  command: string,
  parameters: readonly string[],
  options: { readonly environment: Readonly<Record<string, string | undefined>>; readonly signal?: AbortSignal },
): AsyncGenerator<string, ProcessEnd, undefined> {
  options.signal?.throwIfAborted();
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...options.environment } });
  const onAbort = (): void => void child.kill();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-longestComplaint);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? -1));
  });
  // Looked at below; until then it is no unhandled rejection.
  ended.catch(() => undefined);
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    const exitCode = await ended;
    options.signal?.throwIfAborted();
    return { exitCode, stderr: stderr.trim() };
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    child.kill();
  }
}
