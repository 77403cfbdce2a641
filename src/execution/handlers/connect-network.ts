import { connectOnce } from '../connect-once.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `POST /networks/{id}/connect`. A container that is on the network already is fine. */
export const connectNetwork: OperationHandler<'connect-network'> = {
  lane: 'call',
  run: async ({ container, network, request }, step) => {
    const id = step.resolve(container);
    return { changed: await connectOnce(step, { network, container: id, request }, step.signal), id };
  },
};
