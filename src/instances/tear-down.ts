import { noEvents } from '../events/event-sinks.ts';
import { executePlan } from '../execution/execute-plan.ts';
import { observeByLabels } from '../observe/observe-project.ts';
import { planDown } from '../plan/plan-down.ts';
import { passEngineQueue } from './engine-queue.ts';
import type { InstancePorts } from './ports.ts';

/** Kills run at once: so many engine calls at a time. */
const parallelism = 64;

/** Between two looks for what calls of a killed process still make. */
const pause = 150;

/** What somebody else still uses is tried for so many milliseconds, then left. */
const usualPatience = 2000;

/** How a teardown is done. */
export interface TearDownOptions {
  readonly signal?: AbortSignal;
  /**
   * How long nothing may turn up before it has ended, in milliseconds, and that the engine's queue is waited for: it carries on with
   * calls of a process that was killed. Default 0: nobody makes anything any more.
   */
  readonly quiet?: number;
  /** Waits for the engine's queue; without it this teardown does so itself. Teardowns that begin together share one. */
  readonly passQueue?: () => Promise<void>;
  /** For how long what somebody else still uses is tried, in milliseconds. Default 2000. */
  readonly patience?: number;
  /** Asked whenever something was found, before it is removed: whether somebody needs the copy by now. Then the rest stays. */
  readonly isNeeded?: () => Promise<boolean>;
}

/**
 * Removes everything that carries a project's label, volumes and one-offs too: containers are killed all at once. What
 * containers of others use stays. Gives how many resources went. Throws an EngineError, and the error of what could not be removed.
 */
export async function tearDown(
  ports: Pick<InstancePorts, 'engine' | 'clock'>,
  project: string,
  options: TearDownOptions = {},
): Promise<number> {
  const { signal = new AbortController().signal, quiet = 0 } = options;
  const { passQueue = () => passEngineQueue(ports.engine, { signal }) } = options;
  if (quiet === 0) return removeUntilQuiet(ports, project, signal, options);
  const queue = passQueue();
  try {
    const removed = await removeUntilQuiet(ports, project, signal, options);
    await queue;
    return removed + (await removeUntilQuiet(ports, project, signal, { ...options, quiet: 0 }));
  } finally {
    await queue;
  }
}

async function removeUntilQuiet(
  { engine, clock }: Pick<InstancePorts, 'engine' | 'clock'>,
  project: string,
  signal: AbortSignal,
  { quiet = 0, patience = usualPatience, isNeeded = () => Promise.resolve(false) }: TearDownOptions,
): Promise<number> {
  let removed = 0;
  for (let quietSince = clock.now(); ; ) {
    const observed = await observeByLabels(engine, project, clock, { signal });
    const { plan } = planDown(undefined, observed, { volumes: true, removeOrphans: true, disposable: true });
    if (plan.nodes.length > 0) {
      // Asked after the look: a lease is older than what it keeps, so that nothing of a new holder is among what was found.
      if (await isNeeded()) return removed;
      const result = await executePlan(plan, { engine, clock, sink: noEvents }, { signal, parallelism });
      const [failure] = result.errors;
      if (failure !== undefined) throw failure;
      if (result.aborted) signal.throwIfAborted();
      removed += result.outcomes.done;
      if (result.outcomes.done > 0) quietSince = clock.now();
      // Nothing is left, and nobody makes anything any more.
      if (quiet === 0 && result.outcomes.done === plan.nodes.length) return removed;
    }
    const enough = plan.nodes.length === 0 ? quiet : Math.max(quiet, patience);
    if (clock.now() - quietSince >= enough) return removed;
    await clock.sleep(pause, signal);
  }
}
