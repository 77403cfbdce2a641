import { TopsailError } from '../diagnostics/topsail-error.ts';
import { blockedStarts, planStart, type StartPolicy } from '../plan/plan-start.ts';
import { serviceScope } from '../plan/service-scope.ts';
import { labelledServices } from '../state/labelled-services.ts';
import type { StartableService } from '../state/startable-service.ts';
import { actOnExisting, type ExistingOptions, type ExistingState } from './existing-project.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import type { ActionResult } from './up.ts';

/** What `start` may be told. */
export interface StartOptions extends ExistingOptions, StartPolicy {
  /** Longest time of each wait. */
  readonly waitTimeoutSeconds?: number;
}

/**
 * Starts containers that exist, with what they depend on and under its conditions; creates none. Throws
 * `no-container-to-start` for a project without containers, `missing-dependency` once all else is started, and as `up`.
 */
export async function start(
  ports: ComposePorts,
  reference: ProjectReference,
  options: StartOptions = {},
): Promise<ActionResult> {
  let blocked: readonly string[] = [];
  const result = await actOnExisting(ports, reference, options, (state) => {
    const services = knownServices(reference, state, options.services);
    requireContainers(reference, state, services, options.services);
    blocked = blockedStarts(services, state.observed, options);
    return planStart(services, state.observed, options);
  });
  const [first, ...others] = blocked;
  if (first !== undefined) throw new TopsailError('missing-dependency', first, { details: others });
  return result;
}

/** The services of the file, or of the labels without one; a name that neither has is refused. */
export function knownServices(
  { project }: ProjectReference,
  { desired, observed }: ExistingState,
  asked: readonly string[] = [],
): readonly StartableService[] {
  if (desired !== undefined) return desired.services;
  const services = labelledServices(observed);
  const unknown = project === undefined && services.length > 0 ? asked.find((name) => !has(services, name)) : undefined;
  if (unknown !== undefined) throw new TopsailError('no-such-service', `no such service: ${unknown}`);
  return services;
}

function has(services: readonly StartableService[], name: string): boolean {
  return services.some((service) => service.name === name);
}

function requireContainers(
  { name, project }: ProjectReference,
  { observed }: ExistingState,
  services: readonly StartableService[],
  asked: readonly string[] | undefined,
): void {
  if (observed.containers.some(({ oneOff }) => !oneOff)) return;
  const [first] = serviceScope(services, asked).services;
  if (project !== undefined && first === undefined) return;
  const message =
    first === undefined
      ? `no container found for project ${JSON.stringify(name)}: not found`
      : `service ${JSON.stringify(first.name)} has no container to start`;
  throw new TopsailError('no-container-to-start', message);
}
