import { isEngineError } from '../../engine/engine-error.ts';
import { inheritedVolumes, removeUnused } from '../inherited-volumes.ts';
import type { OperationHandler } from '../operation-handler.ts';

/**
 * `DELETE /containers/{id}`, forced, so that one which was started again meanwhile goes too; if asked with its anonymous
 * volumes, those it inherited as well.
 */
export const removeContainer: OperationHandler<'remove-container'> = {
  lane: 'call',
  run: async ({ container, volumes }, { engine, signal, resolve }) => {
    const id = resolve(container);
    const inherited = volumes ? await inheritedVolumes(engine, id, signal) : [];
    try {
      await engine.containers.remove(id, { force: true, volumes }, { signal });
      await removeUnused(engine, inherited, signal);
      return { changed: true, id };
    } catch (error) {
      if (!isEngineError(error, 'not-found')) throw error;
      return { changed: false, id };
    }
  },
};
