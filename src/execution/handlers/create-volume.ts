import type { OperationHandler } from '../operation-handler.ts';

/** `POST /volumes/create`, which also succeeds for a volume that another process has just made. */
export const createVolume: OperationHandler<'create-volume'> = {
  lane: 'call',
  run: async ({ request }, { engine, signal }) => {
    const { Name: name } = await engine.volumes.create(request, { signal });
    return { changed: true, id: name };
  },
};
