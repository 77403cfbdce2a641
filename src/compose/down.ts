import type { CallOptions, Engine } from '../engine/engine.ts';
import type { ImageSummary } from '../engine/resource.ts';
import { noEvents } from '../events/event-sinks.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import { observeByLabels, observeProject } from '../observe/observe-project.ts';
import type { Plan, PlanNode } from '../plan/plan.ts';
import { type DownPolicy, planDown } from '../plan/plan-down.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { PROJECT_LABEL } from '../state/labels.ts';
import { requireNoErrors } from './check-startable.ts';
import { finishPlan } from './finish-plan.ts';
import type { ComposePorts } from './ports.ts';
import { desire } from './prepare-up.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions, DesiredInputs } from './up-options.ts';

/** What `down` may be told. */
export type DownOptions = DownPolicy & CarryOutOptions & Pick<DesiredInputs, 'compatibility'>;

/** Somebody may add to a project while it is taken down: so many looks in all. */
const looks = 5;

/**
 * Takes a project down: containers in reverse dependency order, then networks, and volumes and images if asked for
 * (compose-surface 4.8), and looks again until nothing is left of what was to go. Works by name alone too. Nothing to
 * remove is a warning event. Throws `no-such-service`, an ExecutionFailure, EngineError, and the signal's reason if
 * interrupted.
 */
export async function down(
  ports: ComposePorts,
  reference: ProjectReference,
  options: DownOptions = {},
): Promise<ActionResult> {
  checkServiceNames(reference, options.services ?? []);
  const desired = reference.project === undefined ? undefined : await desire(reference.project, options);
  const first = await planFor(ports, reference, desired, options);
  const nothing = first.nodes.length === 0 && first.notices.length === 0;
  if (nothing) {
    const emit = createEventStamp(() => ports.clock.now(), options.onEvent ?? noEvents);
    emit({ type: 'warning', text: `No resource found to remove for project ${JSON.stringify(reference.name)}` });
  }
  const result = await finishPlan(ports, first, nothing ? { ...options, onEvent: noEvents } : options);
  const tried = new Set(first.nodes.map(deedOf));
  // An image that lost one of its names has been dealt with: its other names are not asked for.
  const { images: _, ...others } = options;
  for (let look = 2; look <= looks && tried.size > 0 && options.dryRun !== true; look += 1) {
    const plan = await planFor(ports, reference, desired, others);
    if (plan.nodes.every((node) => tried.has(deedOf(node)))) break;
    for (const node of plan.nodes) tried.add(deedOf(node));
    await finishPlan(ports, { ...plan, notices: [] }, options);
  }
  return result;
}

/** What a step does to what: what stays although it was tried, such as a network in use, is not tried for ever. */
function deedOf({ id, operation }: PlanNode): string {
  switch (operation.kind) {
    case 'remove-container':
    case 'stop-container':
      return `${operation.kind} ${operation.container.id ?? ''}`;
    case 'remove-network':
      return `${operation.kind} ${operation.id}`;
    default:
      return id;
  }
}

async function planFor(
  { engine, clock }: ComposePorts,
  reference: ProjectReference,
  desired: DesiredState | undefined,
  options: DownOptions,
): Promise<Plan> {
  const call = options.signal === undefined ? {} : { signal: options.signal };
  // Only the removal of images needs to know them.
  const observed =
    desired === undefined || options.images === undefined
      ? await observeByLabels(engine, reference.name, clock, call)
      : await observeProject(engine, desired, clock, call);
  const builtImages = options.images === undefined ? [] : await listBuilt(engine, reference.name, call);
  const { plan, diagnostics } = planDown(desired, { ...observed, builtImages }, options);
  requireNoErrors(diagnostics, undefined);
  return plan;
}

function listBuilt(engine: Engine, project: string, call: CallOptions): Promise<readonly ImageSummary[]> {
  return engine.images.list({ labels: [`${PROJECT_LABEL}=${project}`] }, call);
}
