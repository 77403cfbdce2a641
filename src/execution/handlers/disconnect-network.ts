import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationHandler } from '../operation-handler.ts';
import { untilUnambiguous } from '../until-unambiguous.ts';

/** `POST /networks/{id}/disconnect`, forced. A container or network that is gone, or not connected, is fine. */
export const disconnectNetwork: OperationHandler<'disconnect-network'> = {
  lane: 'call',
  run: async ({ container, network }, { engine, clock, signal, resolve }) => {
    const id = resolve(container);
    try {
      await untilUnambiguous(clock, signal, () => engine.networks.disconnect(network, id, true, { signal }));
      return { changed: true, id };
    } catch (error) {
      if (!isEngineError(error, 'not-found') && !(isEngineError(error) && /is not connected/i.test(error.message)))
        throw error;
      return { changed: false, id };
    }
  },
};
