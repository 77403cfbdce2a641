import { timeline } from '../events/timeline.ts';
import type { Plan } from '../plan/plan.ts';
import { carryOut } from './carry-out.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions } from './up-options.ts';

/** Carries a plan out to its end. Throws an ExecutionFailure, and the signal's reason if interrupted. */
export async function finishPlan(
  ports: ComposePorts,
  plan: Plan,
  options: CarryOutOptions & { readonly waitTimeoutSeconds?: number },
): Promise<ActionResult> {
  const execution = await carryOut(ports, plan, options);
  requireSuccess(execution, plan, options.signal);
  return { plan, execution, timeline: timeline(execution, plan) };
}
