import { isEngineError } from '../../engine/engine-error.ts';
import { hasActiveEndpoints } from '../engine-refusals.ts';
import { networkHolders } from '../holder-words.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** An engine may need a moment to take the last container off a network: so many attempts, that many milliseconds apart. */
const attempts = 10;
const delay = 100;

/** `DELETE /networks/{id}`. One that somebody still uses stays, with a warning that names who; one that is gone is fine. */
export const removeNetwork: OperationHandler<'remove-network'> = {
  lane: 'call',
  run: async ({ id, name }, { engine, clock, signal, warn }) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await engine.networks.remove(id, { signal });
        return { changed: true, id };
      } catch (error) {
        if (isEngineError(error, 'not-found')) return { changed: false, id };
        if (!hasActiveEndpoints(error)) throw error;
      }
      if (attempt === attempts) break;
      await clock.sleep(delay, signal);
    }
    const holders = await networkHolders(engine, id, signal);
    const users = holders.length === 0 ? 'somebody is' : `${holders.join(', ')} ${holders.length === 1 ? 'is' : 'are'}`;
    warn(`network ${name} stays: Resource is still in use, ${users} on it`);
    return { changed: false, id, skipped: true };
  },
};
