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
const patience = 2000;

/** How a teardown is done. */
export interface TearDownOptions {
  readonly signal?: AbortSignal;
  /**
   * How long nothing may turn up before it has ended, in milliseconds, and that the engine's queue is waited for: it carries on with
   * calls of a process that was killed. Default 0: nobody makes anything any more.
   */
  readonly quiet?: number;
}

/**
 * Removes everything that carries a project's label, volumes and one-offs too: containers are killed all at once. What
 * containers of others use stays. Gives how many resources went. Throws an EngineError, and the error of what could not be removed.
 */
export async function tearDown(
  ports: Pick<InstancePorts, 'engine' | 'clock'>,
  project: string,
  { signal = new AbortController().signal, quiet = 0 }: TearDownOptions = {},
): Promise<number> {
  if (quiet === 0) return removeUntilQuiet(ports, project, signal, 0);
  const queue = passEngineQueue(ports.engine, { signal });
  try {
    const removed = await removeUntilQuiet(ports, project, signal, quiet);
    await queue;
    return removed + (await removeUntilQuiet(ports, project, signal, 0));
  } finally {
    await queue;
  }
}

async function removeUntilQuiet(
  { engine, clock }: Pick<InstancePorts, 'engine' | 'clock'>,
  project: string,
  signal: AbortSignal,
  quiet: number,
): Promise<number> {
  let removed = 0;
  for (let quietSince = clock.now(); ; ) {
    const observed = await observeByLabels(engine, project, clock, { signal });
    const { plan } = planDown(undefined, observed, { volumes: true, removeOrphans: true, disposable: true });
    if (plan.nodes.length > 0) {
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
