import type { EventSink } from '../events/event.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { timeline } from '../events/timeline.ts';
import { inspectImages } from '../observe/inspect-images.ts';
import type { Plan } from '../plan/plan.ts';
import { type PullPolicy, planPull } from '../plan/plan-pull.ts';
import type { Project } from '../project/project.ts';
import { type ImageRequest, imageRequests } from '../state/image-requests.ts';
import { selectRequests } from '../state/select-requests.ts';
import { carryOut } from './carry-out.ts';
import { defaultPlatformOf } from './default-platform.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames } from './project-reference.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions, UpOptions } from './up-options.ts';

/** What `pull` may be told. */
export interface PullOptions extends PullPolicy, CarryOutOptions, Pick<UpOptions, 'written'> {
  /** Only the images of these services; empty or absent means all. */
  readonly services?: readonly string[];
  /** Also those of what they depend on. */
  readonly includeDependencies?: boolean;
}

/**
 * Pulls the images of a project's services and creates nothing else. Everything that can be pulled is; then it throws an
 * ExecutionFailure with all that failed, `no-such-service`, EngineError, or the signal's reason if interrupted.
 */
export async function pull(ports: ComposePorts, project: Project, options: PullOptions = {}): Promise<ActionResult> {
  const { services = [], includeDependencies = false, signal } = options;
  checkServiceNames({ name: project.name, project }, services);
  const requests = selectRequests(imageRequests(project, defaultPlatformOf(project)), services, includeDependencies);
  const references = requests.flatMap(({ image }) => image ?? []);
  const images = await inspectImages(ports.engine, references, signal === undefined ? {} : { signal });
  const plan = planPull({ project: project.name, requests, images }, options);
  const execution = await carryOut(ports, plan, options);
  if (options.onEvent !== undefined) tellBuildable(ports, plan, execution, requests, options.onEvent);
  requireSuccess(execution, plan, signal, options.written);
  return { plan, execution, timeline: timeline(execution, plan) };
}

/** What no registry has may be there to be built. */
function tellBuildable(
  { clock }: Pick<ComposePorts, 'clock'>,
  plan: Plan,
  execution: ExecutionResult,
  requests: readonly ImageRequest[],
  onEvent: EventSink,
): void {
  const failed = new Set(
    plan.nodes.flatMap(({ id, operation }) =>
      operation.kind === 'pull-image' && isFailure(execution.nodes.get(id)?.outcome) ? operation.services : [],
    ),
  );
  const names = requests
    .filter(({ service, buildable }) => buildable && failed.has(service))
    .map(({ service }) => service);
  if (names.length === 0) return;
  const emit = createEventStamp(() => clock.now(), onEvent);
  emit({ type: 'warning', text: `some images must be built from source: topsail build ${names.join(' ')}` });
}

/** A pull that is not required ends as skipped. */
function isFailure(outcome: string | undefined): boolean {
  return outcome === 'failed' || outcome === 'skipped';
}
