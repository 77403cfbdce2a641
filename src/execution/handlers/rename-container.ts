import { isNameTaken, isSameName } from '../engine-refusals.ts';
import { containerHolding, nameAttempts, nameDelay } from '../name-holder.ts';
import { nameConflict } from '../operation-failures.ts';
import type { OperationHandler } from '../operation-handler.ts';
import { serviceWords } from '../service-words.ts';

/** `POST /containers/{id}/rename`. A container that has the name already is fine; one that has it and is going is waited for. */
export const renameContainer: OperationHandler<'rename-container'> = {
  lane: 'call',
  run: async ({ container, name }, { engine, clock, signal, resolve, node }) => {
    const id = resolve(container);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await engine.containers.rename(id, name, { signal });
        return { changed: true, id };
      } catch (error) {
        if (isSameName(error)) return { changed: false, id };
        if (!isNameTaken(error)) throw error;
        const holder = await containerHolding(engine, name, signal);
        if (holder?.id === id) return { changed: false, id };
        if (attempt === nameAttempts || holder?.leaving === false)
          throw nameConflict({ cause: error }, serviceWords(node), name, holder?.words ?? 'another container');
      }
      await clock.sleep(nameDelay, signal);
    }
  },
};
