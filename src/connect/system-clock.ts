import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../engine/clock.ts';

/** The machine's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    if (signal === undefined) return sleep(milliseconds);
    await sleep(milliseconds, undefined, { signal }).catch(() => {
      throw signal.reason;
    });
  },
};
