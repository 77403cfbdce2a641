import { packFiles } from '../file-archive.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** `PUT /containers/{id}/archive`: all files in one archive, unpacked at the root of the container. */
export const copyFiles: OperationHandler<'copy-files'> = {
  lane: 'call',
  run: async ({ container, files }, { engine, clock, signal, resolve }) => {
    const id = resolve(container);
    await engine.containers.putArchive(id, '/', packFiles(files, Math.floor(clock.now() / 1000)), { signal });
    return { changed: true, id };
  },
};
