import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `DELETE /images/{name}`. One that a container uses stays, with a warning; one that is gone is fine. */
export const removeImage: OperationHandler<'remove-image'> = {
  lane: 'call',
  run: async ({ reference }, { engine, signal, warn }) => {
    try {
      await engine.images.remove(reference, {}, { signal });
      return { changed: true };
    } catch (error) {
      if (isEngineError(error, 'not-found')) return { changed: false };
      if (!isEngineError(error, 'conflict')) throw error;
      warn(`image ${reference} stays: it is still in use`);
      return { changed: false, skipped: true };
    }
  },
};
