import type { Clock } from '../engine/clock.ts';

/** What {@link withDeadline} gives when time ran out. */
export const expired: unique symbol = Symbol('expired');

/**
 * Runs work that has so many milliseconds (undefined: any time). When time is up the work's signal is aborted and `expired`
 * is returned without waiting for the work to notice. Failures of the work in time, and an abort from outside, reject.
 */
export async function withDeadline<Result>(
  clock: Clock,
  milliseconds: number | undefined,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | typeof expired> {
  if (milliseconds === undefined) return work(signal);
  const deadline = new AbortController();
  const finished = new AbortController();
  const alarm = clock.sleep(milliseconds, finished.signal).then(
    (): typeof expired => {
      deadline.abort(new Error(`${milliseconds} ms are over`));
      return expired;
    },
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([work(AbortSignal.any([signal, deadline.signal])), alarm]);
  } catch (error) {
    if (deadline.signal.aborted && !signal.aborted) return expired;
    throw error;
  } finally {
    finished.abort();
  }
}
