import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `DELETE /images/{id}` of an image without a name. One that has a name, that something uses or that is gone is left alone. */
export const removeLeftover: OperationHandler<'remove-leftover'> = {
  lane: 'call',
  run: async ({ id }, { engine, signal }) => {
    try {
      const { RepoTags: names } = await engine.images.inspect(id, { signal });
      if ((names ?? []).length > 0) return { changed: false };
      await engine.images.remove(id, {}, { signal });
      return { changed: true, id };
    } catch (error) {
      if (isEngineError(error, 'not-found', 'conflict')) return { changed: false };
      throw error;
    }
  },
};
