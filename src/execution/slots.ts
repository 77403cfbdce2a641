/** A number of places that work takes in turn: first come, first served. */
export interface Slots {
  /** Runs the work when a place is free. Rejects with the signal's reason, without running it, if aborted before. */
  run<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

interface Waiter {
  readonly admit: () => void;
}

/** Makes slots; `limit` is at least 1, Infinity admits everybody at once. */
export function createSlots(limit: number): Slots {
  const queue = new Set<Waiter>();
  let free = Math.max(1, limit);
  const leave = (): void => {
    const [next] = queue;
    if (next === undefined) {
      free += 1;
      return;
    }
    queue.delete(next);
    next.admit();
  };
  const enter = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        queue.delete(waiter);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        admit: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queue.add(waiter);
    });
  };
  return {
    run: async (signal, work) => {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
