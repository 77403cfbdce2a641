import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { pastTime } from '../engine/log-time.ts';

/** The present or last run of a container. Times are canonical, undefined if it never was. */
export interface ContainerRun {
  readonly startedAt: string | undefined;
  /** End of this run, or of the one before if it runs. */
  readonly finishedAt: string | undefined;
  readonly running: boolean;
  /** Runs, or will be started again by the engine. */
  readonly lives: boolean;
  /** Whether the container has a terminal. */
  readonly tty: boolean;
}

/** Inspects a container; undefined if it is gone. */
export async function lookAtRun(engine: Engine, id: string, signal: AbortSignal): Promise<ContainerRun | undefined> {
  try {
    const { State: state, Config: config } = await engine.containers.inspect(id, { signal });
    const running = state.Running && !state.Restarting;
    return {
      startedAt: pastTime(state.StartedAt),
      finishedAt: pastTime(state.FinishedAt),
      running,
      lives: running || state.Restarting,
      tty: config.Tty === true,
    };
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}
