import { isEngineError } from '../../engine/engine-error.ts';
import { missingMountSource, takenPort } from '../engine-refusals.ts';
import { portHolder } from '../holder-words.ts';
import { mountSourceMissing, portTaken } from '../operation-failures.ts';
import type { OperationHandler, Step } from '../operation-handler.ts';
import { untilUnambiguous } from '../until-unambiguous.ts';

/** Containers with a range of host ports that start at once may be offered the same port: so many attempts in all. */
const attempts = 5;

/** `POST /containers/{id}/start`. */
export const startContainer: OperationHandler<'start-container'> = {
  lane: 'call',
  run: async ({ service, container }, step) => {
    const id = step.resolve(container);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await untilUnambiguous(step.clock, step.signal, () =>
          step.engine.containers.start(id, { signal: step.signal }),
        );
        return { changed: true, id };
      } catch (error) {
        if (step.signal.aborted) throw error;
        const port = takenPort(error);
        const again = port !== undefined && attempt < attempts && (await hasPortRange(id, step));
        if (!again) throw await explained(error, service, port, step);
      }
    }
  },
};

async function explained(
  error: unknown,
  service: string,
  port: number | undefined,
  { engine, signal }: Step,
): Promise<unknown> {
  if (port !== undefined) return portTaken({ cause: error }, service, port, await portHolder(engine, port, signal));
  const path = missingMountSource(error);
  return path === undefined ? error : mountSourceMissing({ cause: error }, service, path);
}

async function hasPortRange(id: string, { engine, signal }: Step): Promise<boolean> {
  try {
    const { HostConfig: host } = await engine.containers.inspect(id, { signal });
    const bindings = Object.values(host.PortBindings ?? {}).flat();
    return bindings.some(({ HostPort: port }) => port?.includes('-') === true);
  } catch (error) {
    if (isEngineError(error)) return false;
    throw error;
  }
}
