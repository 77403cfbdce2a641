import type { ExecutionResult } from '../events/execution-result.ts';
import { type Timeline, timeline } from '../events/timeline.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import { carryOutUp } from './carry-out-up.ts';
import { checkStartable } from './check-startable.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import { prepareUp } from './prepare-up.ts';
import { tellWarnings } from './tell-warnings.ts';
import type { UpOptions } from './up-options.ts';

/** What an `up` or a `down` came to. */
export interface ActionResult {
  readonly plan: Plan;
  readonly execution: ExecutionResult;
  /** Who waited for whom. */
  readonly timeline: Timeline;
}

/**
 * Brings a project up: plans, executes the plan, returns when it has ended. Throws a ProjectError for what this version
 * would have to ignore, an ExecutionFailure with everything that failed, an EngineError if the engine cannot be read, and the signal's reason if interrupted; what was created by
 * then stays, and the next `up` or `down` takes it from there.
 */
export async function up(ports: ComposePorts, project: Project, options: UpOptions = {}): Promise<ActionResult> {
  checkStartable(project, options.written);
  const prepared = await prepareUp(ports, project, options);
  tellWarnings(ports, prepared.warnings, options.onEvent);
  const { plan, execution } = await carryOutUp(ports, prepared, options);
  requireSuccess(execution, plan, options.signal, options.written);
  return { plan, execution, timeline: timeline(execution, plan) };
}
