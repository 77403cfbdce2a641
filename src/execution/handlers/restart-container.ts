import type { OperationHandler } from '../operation-handler.ts';
import { untilUnambiguous } from '../until-unambiguous.ts';

/** `POST /containers/{id}/restart`, which also starts a container that does not run. */
export const restartContainer: OperationHandler<'restart-container'> = {
  lane: 'stop',
  run: async ({ container, timeoutSeconds }, { engine, clock, signal, resolve }) => {
    const id = resolve(container);
    const query = timeoutSeconds === undefined ? {} : { timeoutSeconds };
    await untilUnambiguous(clock, signal, () => engine.containers.restart(id, query, { signal }));
    return { changed: true, id };
  },
};
