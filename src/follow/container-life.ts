/** What events tell of one container that is followed. */
export interface ContainerLife {
  /** Grows with every event. */
  readonly version: number;
  /** Resolves when there was an event after that version, or when nothing is awaited any more. */
  after(version: number): Promise<void>;
  /** Says that there was an event. */
  stir(): void;
  /** Ends all waiting, for good. */
  close(): void;
  readonly closed: boolean;
}

/** Makes a life in which nothing has happened yet. */
export function createContainerLife(): ContainerLife {
  let version = 0;
  let closed = false;
  const wakes = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of wakes) resolve();
    wakes.clear();
  };
  return {
    get version(): number {
      return version;
    },
    get closed(): boolean {
      return closed;
    },
    after: (seen) => (closed || version > seen ? Promise.resolve() : new Promise((resolve) => void wakes.add(resolve))),
    stir: () => {
      version += 1;
      wake();
    },
    close: () => {
      closed = true;
      wake();
    },
  };
}
