import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `DELETE /volumes/{name}`, forced. One that is in use stays, with a warning; one that is gone is fine. */
export const removeVolume: OperationHandler<'remove-volume'> = {
  lane: 'call',
  run: async ({ name }, { engine, signal, warn }) => {
    try {
      await engine.volumes.remove(name, true, { signal });
      return { changed: true, id: name };
    } catch (error) {
      if (isEngineError(error, 'not-found')) return { changed: false };
      if (!isEngineError(error, 'conflict')) throw error;
      warn(`volume ${name} stays: it is still in use`);
      return { changed: false, skipped: true };
    }
  },
};
