import type { ContainerInspect } from '../engine/container.ts';
import { startTime } from './container-sight.ts';

/** Who hears how our own checks go. */
export interface OwnChecksListener {
  /** `start`: the container's start, in engine milliseconds, that the verdict is about. */
  verdict(verdict: 'healthy' | 'unhealthy', start: number): void;
  failed(error: unknown): void;
}

/** Our own checks of one container: at most one at a time, over all its starts. */
export interface OwnChecks {
  /** Which start of the container to check from now on; undefined stops. The same start again changes nothing. */
  aim(inspect: ContainerInspect | undefined): void;
  /** Resolves when no check is under way. Does not stop them: that is the signal's work. */
  idle(): Promise<void>;
}

/**
 * Checks one start of a container until there is a verdict. Resolves to whether a lost connection ended it before: then it is
 * begun anew when the container is looked at again.
 */
export type CheckRound = (signal: AbortSignal) => Promise<boolean>;

interface Round {
  readonly start: number;
  readonly stop: AbortController;
}

/** Makes the checks of one container; `roundOf` gives the round for a start, or nothing if there is nothing to check. */
export function createCheckRounds(
  signal: AbortSignal,
  listener: OwnChecksListener,
  roundOf: (inspect: ContainerInspect) => CheckRound | undefined,
): OwnChecks {
  let round: Round | undefined;
  let running: Promise<void> = Promise.resolve();

  const begin = (start: number, check: CheckRound): Round => {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const run = async (): Promise<void> => {
      if (either.aborted) return;
      const broken = await check(either);
      // When the connection is back the container is looked at again, and the checks begin anew.
      if (broken && round?.start === start) round = undefined;
    };
    running = running.then(run).catch((error: unknown) => {
      if (!either.aborted) listener.failed(error);
    });
    return { start, stop };
  };
  return {
    aim: (inspect) => {
      const start = inspect === undefined ? undefined : startTime(inspect);
      if (round?.start === start) return;
      round?.stop.abort();
      const check = inspect === undefined ? undefined : roundOf(inspect);
      round = start === undefined || check === undefined ? undefined : begin(start, check);
    },
    idle: () => running,
  };
}
