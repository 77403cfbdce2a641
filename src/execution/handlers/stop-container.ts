import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `POST /containers/{id}/stop`. A container that is gone has stopped. */
export const stopContainer: OperationHandler<'stop-container'> = {
  lane: 'stop',
  run: async ({ container, timeoutSeconds }, { engine, signal, resolve }) => {
    const id = resolve(container);
    try {
      await engine.containers.stop(id, timeoutSeconds === undefined ? {} : { timeoutSeconds }, { signal });
      return { changed: true, id };
    } catch (error) {
      if (!isEngineError(error, 'not-found')) throw error;
      return { changed: false, id };
    }
  },
};
