import type { OperationHandler } from '../operation-handler.ts';

/** `POST /containers/{id}/unpause`. The engine refuses it for a container that is not paused. */
export const unpauseContainer: OperationHandler<'unpause-container'> = {
  lane: 'call',
  run: async ({ container }, { engine, signal, resolve }) => {
    const id = resolve(container);
    await engine.containers.unpause(id, { signal });
    return { changed: true, id };
  },
};
