import type { OperationHandler } from '../operation-handler.ts';

/** `POST /containers/{id}/pause`. The engine refuses it for a container that is not running. */
export const pauseContainer: OperationHandler<'pause-container'> = {
  lane: 'call',
  run: async ({ container }, { engine, signal, resolve }) => {
    const id = resolve(container);
    await engine.containers.pause(id, { signal });
    return { changed: true, id };
  },
};
