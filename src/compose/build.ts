import type { BuildCheck } from '../engine/builder.ts';
import { timeline } from '../events/timeline.ts';
import { observeImages } from '../observe/observe-project.ts';
import { type BuildPolicy, chooseBuilds, planBuild } from '../plan/plan-build.ts';
import { renderBake } from '../plan/render-bake.ts';
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

/** The builds of a project as a bake file. Throws `no-such-service`. */
export async function printBuild(project: Project, options: BuildOptions = {}): Promise<string> {
  checkServiceNames({ name: project.name, project }, options.targets ?? []);
  return renderBake(chooseBuilds(await desire(project, options), options), options.push === true);
}

/** What the check of one service's Dockerfile found. */
export interface CheckedBuild extends BuildCheck {
  readonly service: string;
}

/**
 * Checks the Dockerfiles of a project, one after the other, and builds nothing. Throws `no-such-service`, and what the builder
 * throws for a Dockerfile that it cannot read.
 */
export async function checkBuilds(
  ports: ComposePorts,
  project: Project,
  options: BuildOptions = {},
): Promise<readonly CheckedBuild[]> {
  checkServiceNames({ name: project.name, project }, options.targets ?? []);
  const found: CheckedBuild[] = [];
  const call = options.signal === undefined ? {} : { signal: options.signal };
  for (const { name, build: wanted } of chooseBuilds(await desire(project, options), options).chosen) {
    if (wanted === undefined || ports.builder === undefined) continue;
    found.push({ service: name, ...(await ports.builder.check(wanted.request, call)) });
  }
  return found;
}

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
