import { carryTransfer } from '../carry-transfer.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `POST /images/create`. Changed if the reference names another image than before. */
export const pullImage: OperationHandler<'pull-image'> = {
  lane: 'pull',
  run: async ({ reference, platform, services, previousId, required, stamped }, step) => {
    const { engine, signal } = step;
    const query = platform === undefined ? {} : { platform };
    const open = (): ReturnType<typeof engine.images.pull> => engine.images.pull(reference, query, { signal });
    const { done, digest } = await carryTransfer({ deed: 'pull', reference, services, required, open }, step);
    if (!done) return { changed: false, skipped: true };
    // Engines note the time of a name, but not that of a pull.
    if (stamped && !reference.includes('@')) await engine.images.tag(reference, reference, { signal });
    const { Id: id } = await engine.images.inspect(reference, { signal });
    return { changed: id !== previousId, id, ...(digest === undefined ? {} : { digest }) };
  },
};
