import { isEngineError } from '../../engine/engine-error.ts';
import { isNotRunning } from '../engine-refusals.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `POST /containers/{id}/kill`. A container that has ended meanwhile needs no signal. */
export const killContainer: OperationHandler<'kill-container'> = {
  lane: 'call',
  run: async ({ container, signal: name }, { engine, signal, resolve }) => {
    const id = resolve(container);
    try {
      await engine.containers.kill(id, { signal: name }, { signal });
      return { changed: true, id };
    } catch (error) {
      if (!isEngineError(error, 'not-found') && !isNotRunning(error)) throw error;
      return { changed: false, id };
    }
  },
};
