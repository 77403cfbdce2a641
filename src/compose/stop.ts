import type { ExecutionResult } from '../events/execution-result.ts';
import { observeByLabels } from '../observe/observe-project.ts';
import { planStop, type StopPolicy } from '../plan/plan-stop.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { carryOut } from './carry-out.ts';
import { requireNoErrors } from './check-startable.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import type { CarryOutOptions } from './up-options.ts';

/** Stops what runs of a project, dependents first, and removes nothing. Throws as `up`. */
export async function stop(
  ports: ComposePorts,
  desired: DesiredState,
  options: StopPolicy & CarryOutOptions = {},
): Promise<ExecutionResult> {
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const observed = await observeByLabels(ports.engine, desired.project, ports.clock, call);
  const { plan, diagnostics } = planStop(desired, observed, options);
  requireNoErrors(diagnostics, undefined);
  const execution = await carryOut(ports, plan, options);
  requireSuccess(execution, plan, options.signal);
  return execution;
}
