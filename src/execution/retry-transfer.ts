import { isEngineError } from '../engine/engine-error.ts';
import type { Step } from './operation-handler.ts';

/** Milliseconds before the second and the third attempt. */
const pauses: readonly number[] = [500, 2000];

/**
 * Faults between the engine and a registry that may be over in a moment: no connection, a broken one, a registry that is
 * starting or busy. A name that does not exist, a refused login and an unknown image are none.
 */
const passing =
  /connection (?:refused|reset)|broken pipe|\bEOF\b|i\/o timeout|TLS handshake timeout|Client\.Timeout|deadline exceeded|temporary failure|server misbehaving|too ?many ?requests|\b(?:429|500|502|503|504)\b|bad gateway|service unavailable|gateway time-?out/i;

/** Docker Hub counts pulls by the hour. */
const lasting = /pull rate limit/i;

/**
 * Carries out a pull or a push, and again after a pause if it failed in a way that may pass. Throws the last error. `deed` is
 * what a warning says of it: `pull of nginx`.
 */
export async function retryTransfer(
  { clock, signal, warn }: Pick<Step, 'clock' | 'signal' | 'warn'>,
  deed: string,
  attempt: () => Promise<void>,
): Promise<void> {
  for (const pause of pauses) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      warn(`${deed} is tried again: ${error.message}`);
      await clock.sleep(pause, signal);
    }
  }
  await attempt();
}

function isPassing(error: unknown): error is Error {
  return isEngineError(error, 'server') && passing.test(error.message) && !lasting.test(error.message);
}
