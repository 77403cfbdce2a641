import { carryTransfer } from '../carry-transfer.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `POST /images/{name}/push`. Changes nothing on the engine; the result has the digest that the registry gave. */
export const pushImage: OperationHandler<'push-image'> = {
  lane: 'pull',
  run: async ({ reference, services, required }, step) => {
    const { engine, signal } = step;
    const open = (): ReturnType<typeof engine.images.push> => engine.images.push(reference, {}, { signal });
    const { done, digest } = await carryTransfer({ deed: 'push', reference, services, required, open }, step);
    if (!done) return { changed: false, skipped: true };
    return { changed: true, ...(digest === undefined ? {} : { digest }) };
  },
};
