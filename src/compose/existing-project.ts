import { observeByLabels } from '../observe/observe-project.ts';
import type { PlanResult } from '../plan/plan.ts';
import type { DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { requireNoErrors } from './check-startable.ts';
import { finishPlan } from './finish-plan.ts';
import type { ComposePorts } from './ports.ts';
import { desire } from './prepare-up.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions, DesiredInputs } from './up-options.ts';

/** What every action on containers that exist may be told. */
export interface ExistingOptions extends CarryOutOptions, Pick<DesiredInputs, 'compatibility'> {
  /** Only these services; empty or absent means all. */
  readonly services?: readonly string[];
}

/** A project as it is on the engine, with what its file wants if there is one. */
export interface ExistingState {
  readonly desired: DesiredState | undefined;
  readonly observed: ObservedState;
}

/** Reads the engine once. Throws `no-such-service` for names the file does not have, and EngineError. */
export async function readExisting(
  ports: ComposePorts,
  reference: ProjectReference,
  options: ExistingOptions,
): Promise<ExistingState> {
  checkServiceNames(reference, options.services ?? []);
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const desired = reference.project === undefined ? undefined : await desire(reference.project, options);
  return { desired, observed: await observeByLabels(ports.engine, reference.name, ports.clock, call) };
}

/**
 * Plans from what exists and carries the plan out. Throws `no-such-service`, an ExecutionFailure, EngineError, and the
 * signal's reason if interrupted.
 */
export async function actOnExisting(
  ports: ComposePorts,
  reference: ProjectReference,
  options: ExistingOptions,
  planFrom: (state: ExistingState) => PlanResult,
): Promise<ActionResult> {
  const { plan, diagnostics } = planFrom(await readExisting(ports, reference, options));
  requireNoErrors(diagnostics, undefined);
  return finishPlan(ports, plan, options);
}

/** The names of the services a file has; undefined without a file. */
export function serviceNames(desired: DesiredState | undefined): readonly string[] | undefined {
  return desired?.services.map(({ name }) => name);
}
