import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `DELETE /containers/{id}`, forced, so that one which was started again meanwhile goes too. */
export const removeContainer: OperationHandler<'remove-container'> = {
  lane: 'call',
  run: async ({ container, volumes }, { engine, signal, resolve }) => {
    const id = resolve(container);
    try {
      await engine.containers.remove(id, { force: true, volumes }, { signal });
      return { changed: true, id };
    } catch (error) {
      if (!isEngineError(error, 'not-found')) throw error;
      return { changed: false, id };
    }
  },
};
