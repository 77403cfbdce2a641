import { TopsailError } from '../diagnostics/topsail-error.ts';
import { planRestart, type RestartPolicy } from '../plan/plan-restart.ts';
import { actOnExisting, type ExistingOptions } from './existing-project.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import { knownServices } from './start.ts';
import type { ActionResult } from './up.ts';

/** What `restart` may be told. */
export type RestartOptions = ExistingOptions & RestartPolicy;

/** Restarts containers in place, dependencies first, and those that depend on them with `restart: true`. Throws as `up`. */
export async function restart(
  ports: ComposePorts,
  reference: ProjectReference,
  options: RestartOptions = {},
): Promise<ActionResult> {
  return actOnExisting(ports, reference, options, (state) => {
    const services = knownServices(reference, state, options.services);
    const [asked] = options.services ?? [];
    // Without a file and without containers any name is an unknown one, as in Docker Compose.
    if (reference.project === undefined && services.length === 0 && asked !== undefined) {
      throw new TopsailError('no-such-service', `no such service: ${asked}`);
    }
    return planRestart(services, state.observed, options);
  });
}
