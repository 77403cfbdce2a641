import type { CallOptions, Engine } from '../engine/engine.ts';
import type { ImageSummary } from '../engine/resource.ts';
import { noEvents } from '../events/event-sinks.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import { timeline } from '../events/timeline.ts';
import { observeByLabels, observeProject } from '../observe/observe-project.ts';
import { type DownPolicy, planDown } from '../plan/plan-down.ts';
import { PROJECT_LABEL } from '../state/labels.ts';
import { carryOut } from './carry-out.ts';
import { requireNoErrors } from './check-startable.ts';
import { requireSuccess } from './execution-failure.ts';
import type { ComposePorts } from './ports.ts';
import { desire } from './prepare-up.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';
import type { CarryOutOptions, DesiredInputs } from './up-options.ts';

/** What `down` may be told. */
export type DownOptions = DownPolicy & CarryOutOptions & Pick<DesiredInputs, 'compatibility'>;

/**
 * Takes a project down: containers in reverse dependency order, then networks, and volumes and images if asked for
 * (compose-surface 4.8). Works by name alone too. Nothing to remove is a warning event. Throws `no-such-service`, an
 * ExecutionFailure, EngineError, and the signal's reason if interrupted.
 */
export async function down(
  ports: ComposePorts,
  reference: ProjectReference,
  options: DownOptions = {},
): Promise<ActionResult> {
  checkServiceNames(reference, options.services ?? []);
  const { engine, clock } = ports;
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const desired = reference.project === undefined ? undefined : await desire(reference.project, options);
  // Only the removal of images needs to know them.
  const observed =
    desired === undefined || options.images === undefined
      ? await observeByLabels(engine, reference.name, clock, call)
      : await observeProject(engine, desired, clock, call);
  const builtImages = options.images === undefined ? [] : await listBuilt(engine, reference.name, call);
  const { plan, diagnostics } = planDown(desired, { ...observed, builtImages }, options);
  requireNoErrors(diagnostics, undefined);
  const nothing = plan.nodes.length === 0 && plan.notices.length === 0;
  if (nothing) {
    const emit = createEventStamp(() => clock.now(), options.onEvent ?? noEvents);
    emit({ type: 'warning', text: `No resource found to remove for project ${JSON.stringify(reference.name)}` });
  }
  const execution = await carryOut(ports, plan, nothing ? { ...options, onEvent: noEvents } : options);
  requireSuccess(execution, plan, options.signal);
  return { plan, execution, timeline: timeline(execution, plan) };
}

function listBuilt(engine: Engine, project: string, call: CallOptions): Promise<readonly ImageSummary[]> {
  return engine.images.list({ labels: [`${PROJECT_LABEL}=${project}`] }, call);
}
