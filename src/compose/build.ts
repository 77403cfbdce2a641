import { timeline } from '../events/timeline.ts';
import { observeImages } from '../observe/observe-project.ts';
import { type BuildPolicy, planBuild } from '../plan/plan-build.ts';
import type { Project } from '../project/project.ts';
import { carryOut } from './carry-out.ts';
import { requireNoErrors } from './check-startable.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import { desire } from './prepare-up.ts';
import { checkServiceNames } from './project-reference.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions, DesiredInputs, UpOptions } from './up-options.ts';

/** What `build` may be told. */
export type BuildOptions = BuildPolicy & DesiredInputs & CarryOutOptions & Pick<UpOptions, 'written'>;

/**
 * Builds the images of a project, those that others take as contexts first. Throws `no-such-service`, an ExecutionFailure with
 * every build that failed, and the signal's reason if interrupted.
 */
export async function build(ports: ComposePorts, project: Project, options: BuildOptions = {}): Promise<ActionResult> {
  checkServiceNames({ name: project.name, project }, options.targets ?? []);
  const desired = await desire(project, options);
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const observed = await observeImages(ports.engine, desired, ports.clock, call);
  const { plan, diagnostics } = planBuild(desired, observed, options);
  requireNoErrors(diagnostics, options.written);
  const execution = await carryOut(ports, plan, options);
  requireSuccess(execution, plan, options.signal);
  return { plan, execution, timeline: timeline(execution, plan) };
}
