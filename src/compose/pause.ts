import { planPause, planUnpause } from '../plan/plan-pause.ts';
import { actOnExisting, type ExistingOptions, serviceNames } from './existing-project.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';

/** Pauses the running containers of a project. The engine refuses one that is paused already. Throws as `up`. */
export async function pause(
  ports: ComposePorts,
  reference: ProjectReference,
  options: ExistingOptions = {},
): Promise<ActionResult> {
  return actOnExisting(ports, reference, options, ({ desired, observed }) =>
    planPause(serviceNames(desired), observed, options),
  );
}

/** Lets the paused containers of a project go on. The engine refuses one that is not paused. Throws as `up`. */
export async function unpause(
  ports: ComposePorts,
  reference: ProjectReference,
  options: ExistingOptions = {},
): Promise<ActionResult> {
  return actOnExisting(ports, reference, options, ({ desired, observed }) =>
    planUnpause(serviceNames(desired), observed, options),
  );
}
