import { planRemove, type RemovePolicy } from '../plan/plan-remove.ts';
import { actOnExisting, type ExistingOptions } from './existing-project.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';

/** What `rm` may be told. */
export type RemoveOptions = ExistingOptions & RemovePolicy;

/**
 * Removes containers that do not run, once `confirm` has agreed: without it nothing is removed. An empty plan means
 * there was none. Throws as `up`.
 */
export async function remove(
  ports: ComposePorts,
  reference: ProjectReference,
  options: RemoveOptions = {},
): Promise<ActionResult> {
  return actOnExisting(ports, reference, options, ({ desired, observed }) => planRemove(desired, observed, options));
}
