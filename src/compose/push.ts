import { timeline } from '../events/timeline.ts';
import { type PushPolicy, planPush } from '../plan/plan-push.ts';
import type { Project } from '../project/project.ts';
import { imageRequests } from '../state/image-requests.ts';
import { selectRequests } from '../state/select-requests.ts';
import { carryOut } from './carry-out.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames } from './project-reference.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions, UpOptions } from './up-options.ts';

/** What `push` may be told. */
export interface PushOptions extends PushPolicy, CarryOutOptions, Pick<UpOptions, 'written'> {
  /** Only what these services build; empty or absent means all. */
  readonly services?: readonly string[];
  /** Also what their dependencies build. */
  readonly includeDependencies?: boolean;
}

/**
 * Pushes what a project's services build, under the names the file gives it; the results of the nodes have the digests.
 * Everything that can be pushed is; then it throws an ExecutionFailure with all that failed, `no-such-service`, EngineError,
 * or the signal's reason if interrupted.
 */
export async function push(ports: ComposePorts, project: Project, options: PushOptions = {}): Promise<ActionResult> {
  const { services = [], includeDependencies = false } = options;
  checkServiceNames({ name: project.name, project }, services);
  const requests = selectRequests(imageRequests(project, undefined), services, includeDependencies);
  const plan = planPush(project.name, requests, options);
  const execution = await carryOut(ports, plan, options);
  requireSuccess(execution, plan, options.signal, options.written);
  return { plan, execution, timeline: timeline(execution, plan) };
}
