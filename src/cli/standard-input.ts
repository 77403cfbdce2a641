import { spawnSync } from 'node:child_process';
import { on } from 'node:events';
import { isatty, ReadStream } from 'node:tty';

/** The input of the process. */
export interface HostInput {
  readonly isTerminal: boolean;
  /** What comes in until its end or until the signal aborts; it keeps the process from ending only as long as it is read. */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * On a terminal: keys come one by one, unseen and without their meaning (raw mode), until the returned function is called
   * or the process ends. Output is shown as it is, unless its line feeds are to be translated as before.
   */
  takeKeys(options?: { readonly translateOutput?: boolean }): Promise<() => void>;
}

/** Standard input of this process. */
export function standardInput(): HostInput {
  return {
    get isTerminal() {
      return isatty(0);
    },
    read: readInput,
    takeKeys: ({ translateOutput = false } = {}) => {
      const input = process.stdin;
      if (!(input instanceof ReadStream)) return Promise.resolve(() => undefined);
      input.setRawMode(true);
      // Node leaves line feeds of the output translated, which the terminal in the container has done already and full-screen
      // programs have switched off. Ending raw mode restores this too.
      if (!translateOutput) spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
      return Promise.resolve(() => void input.setRawMode(false));
    },
  };
}

async function* readInput(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const input = process.stdin;
  if (input.readableEnded || input.destroyed || signal.aborted) return;
  // Held back while the process it goes to does not read.
  const options = { signal, close: ['end', 'close'], highWaterMark: 16, lowWaterMark: 4 };
  try {
    for await (const [piece] of on(input, 'data', options)) yield piece as Buffer;
  } catch (error) {
    // An input that breaks, such as a terminal that was closed, has ended.
    if (!signal.aborted && !(error instanceof Error && 'code' in error)) throw error;
  } finally {
    input.pause();
  }
}
