import { noEvents } from '../events/event-sinks.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { executePlan } from '../execution/execute-plan.ts';
import { rehearsePlan } from '../execution/rehearse-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { ComposePorts } from './ports.ts';
import type { CarryOutOptions } from './up-options.ts';

/** Executes a plan after asking its questions, or only tells what would happen. Does not reject for what fails on the way: the result tells. */
export async function carryOut(
  ports: ComposePorts,
  plan: Plan,
  options: CarryOutOptions & { readonly waitTimeoutSeconds?: number } = {},
): Promise<ExecutionResult> {
  const { parallelism, pullParallelism, waitTimeoutSeconds } = options;
  const sink = options.onEvent ?? noEvents;
  const confirmations = await askAll(plan, options.confirm);
  if (options.dryRun === true) return rehearsePlan(plan, { clock: ports.clock, sink }, confirmations);
  return executePlan(
    plan,
    { ...ports, sink },
    {
      signal: options.signal ?? new AbortController().signal,
      confirmations,
      ...(parallelism === undefined ? {} : { parallelism }),
      ...(pullParallelism === undefined ? {} : { pullParallelism }),
      ...(waitTimeoutSeconds === undefined ? {} : { waitTimeout: waitTimeoutSeconds * 1000 }),
    },
  );
}

/** One question after the other: they may go to a person. */
async function askAll(plan: Plan, confirm: CarryOutOptions['confirm']): Promise<ReadonlyMap<string, boolean>> {
  const answers = new Map<string, boolean>();
  if (confirm === undefined) return answers;
  for (const question of plan.confirmations) answers.set(question.id, await confirm(question));
  return answers;
}
