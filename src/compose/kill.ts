import { type KillPolicy, planKill } from '../plan/plan-kill.ts';
import { actOnExisting, type ExistingOptions, serviceNames } from './existing-project.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';

/** What `kill` may be told. */
export type KillOptions = ExistingOptions & KillPolicy;

/** Sends a signal to the running containers of a project, one-offs too. An empty plan means there was none. Throws as `up`. */
export async function kill(
  ports: ComposePorts,
  reference: ProjectReference,
  options: KillOptions = {},
): Promise<ActionResult> {
  return actOnExisting(ports, reference, options, ({ desired, observed }) =>
    planKill(serviceNames(desired), observed, options),
  );
}
