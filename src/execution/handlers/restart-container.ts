import type { OperationHandler } from '../operation-handler.ts';

/** `POST /containers/{id}/restart`, which also starts a container that does not run. */
export const restartContainer: OperationHandler<'restart-container'> = {
  lane: 'stop',
  run: async ({ container, timeoutSeconds }, { engine, signal, resolve }) => {
    const id = resolve(container);
    await engine.containers.restart(id, timeoutSeconds === undefined ? {} : { timeoutSeconds }, { signal });
    return { changed: true, id };
  },
};
