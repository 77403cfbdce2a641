import { isConnectedAlready } from '../engine-refusals.ts';
import type { OperationHandler } from '../operation-handler.ts';
import { untilUnambiguous } from '../until-unambiguous.ts';

/** `POST /networks/{id}/connect`. A container that is on the network already is fine. */
export const connectNetwork: OperationHandler<'connect-network'> = {
  lane: 'call',
  run: async ({ container, network, request }, { engine, clock, signal, resolve }) => {
    const id = resolve(container);
    try {
      await untilUnambiguous(clock, signal, () => engine.networks.connect(network, id, request, { signal }));
      return { changed: true, id };
    } catch (error) {
      if (!isConnectedAlready(error)) throw error;
      return { changed: false, id };
    }
  },
};
