import { isNameTaken, isSameName } from '../engine-refusals.ts';
import { containerHolding } from '../name-holder.ts';
import { nameConflict } from '../operation-failures.ts';
import type { OperationHandler } from '../operation-handler.ts';
import { serviceWords } from '../service-words.ts';

/** `POST /containers/{id}/rename`. A container that has the name already is fine. */
export const renameContainer: OperationHandler<'rename-container'> = {
  lane: 'call',
  run: async ({ container, name }, { engine, signal, resolve, node }) => {
    const id = resolve(container);
    try {
      await engine.containers.rename(id, name, { signal });
      return { changed: true, id };
    } catch (error) {
      if (isSameName(error)) return { changed: false, id };
      if (!isNameTaken(error)) throw error;
      const holder = await containerHolding(engine, name, signal);
      if (holder?.id === id) return { changed: false, id };
      throw nameConflict({ cause: error }, serviceWords(node), name, holder?.words ?? 'another container');
    }
  },
};
