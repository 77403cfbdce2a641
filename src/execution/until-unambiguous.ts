import type { Clock } from '../engine/clock.ts';
import { isAmbiguousNetwork } from './engine-refusals.ts';

const attempts = 80;
const delay = 100;

/** Repeats a call, for up to eight seconds, while two processes that make one network have not yet agreed which of the two stays. */
export async function untilUnambiguous<Result>(
  clock: Clock,
  signal: AbortSignal,
  call: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === attempts || !isAmbiguousNetwork(error)) throw error;
    }
    await clock.sleep(delay, signal);
  }
}
