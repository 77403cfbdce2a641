import { planStop, type StopPolicy } from '../plan/plan-stop.ts';
import { actOnExisting, type ExistingOptions } from './existing-project.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';

/** What `stop` may be told. */
export type StopOptions = ExistingOptions & StopPolicy;

/** Stops what runs of a project, dependents first, and removes nothing. Throws as `up`. */
export async function stop(
  ports: ComposePorts,
  reference: ProjectReference,
  options: StopOptions = {},
): Promise<ActionResult> {
  return actOnExisting(ports, reference, options, ({ desired, observed }) => planStop(desired, observed, options));
}
