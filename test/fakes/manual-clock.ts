import type { Clock } from '../../src/engine/clock.ts';

/** A clock that moves only when a test says so. */
export interface ManualClock extends Clock {
  /** Moves on, waking sleepers in order of their time; everything that a wake-up sets going gets its turn before the next one. */
  advance(milliseconds: number): Promise<void>;
  /** How many sleep now. */
  readonly sleeping: number;
}

interface Sleeper {
  readonly time: number;
  readonly wake: () => void;
}

/** Makes a clock that stands at the given time, in milliseconds since the epoch. */
export function createManualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start;
  const sleepers = new Set<Sleeper>();
  const next = (until: number): Sleeper | undefined =>
    [...sleepers].filter((sleeper) => sleeper.time <= until).sort((one, other) => one.time - other.time)[0];
  return {
    now: () => time,
    get sleeping(): number {
      return sleepers.size;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const onAbort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const sleeper: Sleeper = {
          time: time + Math.max(0, milliseconds),
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    advance: async (milliseconds) => {
      const until = time + milliseconds;
      await settle();
      for (let sleeper = next(until); sleeper !== undefined; sleeper = next(until)) {
        time = Math.max(time, sleeper.time);
        sleeper.wake();
        await settle();
      }
      time = until;
      await settle();
    },
  };
}

/** Lets everything that is under way go as far as it can without time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
