import type { UpPolicy } from '../plan/up-policy.ts';
import { kill } from './kill.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';
import { stop } from './stop.ts';
import type { CarryOutOptions } from './up-options.ts';

/** How the services of an attached `up` are ended. */
type EndOptions = Pick<UpPolicy, 'targets' | 'stopTimeoutSeconds'> &
  Pick<CarryOutOptions, 'onEvent'> & { readonly force?: AbortSignal };

/** Stops services, dependents first; once forced it kills what still runs of them, all at once. Throws as `stop`. */
export async function stopOrKill(
  ports: ComposePorts,
  reference: ProjectReference,
  { targets: services = [], stopTimeoutSeconds, onEvent, force }: EndOptions,
): Promise<void> {
  const told = onEvent === undefined ? {} : { onEvent };
  try {
    await stop(ports, reference, {
      services,
      ...told,
      ...(force === undefined ? {} : { signal: force }),
      ...(stopTimeoutSeconds === undefined ? {} : { timeoutSeconds: stopTimeoutSeconds }),
    });
  } catch (error) {
    // What the force broke off counts for nothing.
    if (force?.aborted !== true) throw error;
  }
  if (force?.aborted === true) await kill(ports, reference, { services, ...told });
}
