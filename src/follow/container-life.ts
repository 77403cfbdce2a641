/** What events tell of one container that is followed. */
export interface ContainerLife {
  /** Grows with every event. */
  readonly version: number;
  /** When the engine said that the process ended, the first time since {@link ContainerLife.forgetEnd}; a canonical time. */
  readonly firstEnd: string | undefined;
  readonly closed: boolean;
  /** Resolves when there was an event after that version, or when nothing is awaited any more. */
  after(version: number): Promise<void>;
  /** Says that there was an event; with a time if it was the end of the process. */
  stir(end?: string): void;
  forgetEnd(): void;
  /** Ends all waiting, for good. */
  close(): void;
}

/** Makes a life in which nothing has happened yet. */
export function createContainerLife(): ContainerLife {
  let version = 0;
  let closed = false;
  let firstEnd: string | undefined;
  const wakes = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of wakes) resolve();
    wakes.clear();
  };
  return {
    get version(): number {
      return version;
    },
    get firstEnd(): string | undefined {
      return firstEnd;
    },
    get closed(): boolean {
      return closed;
    },
    after: (seen) => (closed || version > seen ? Promise.resolve() : new Promise((resolve) => void wakes.add(resolve))),
    stir: (end) => {
      firstEnd ??= end;
      version += 1;
      wake();
    },
    forgetEnd: () => {
      firstEnd = undefined;
    },
    close: () => {
      closed = true;
      wake();
    },
  };
}
