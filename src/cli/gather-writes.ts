/** What texts go to. */
interface TextTarget {
  write(text: string): unknown;
}

/** Texts that are on their way to streams of the process. */
export interface GatheredWrites {
  /** Takes a text for a stream. */
  readonly add: (target: TextTarget, text: string) => void;
  /** Hands on what is there. */
  readonly flush: () => void;
}

/**
 * Hands texts of one moment on together, for each write to a pipe or file is a call of the system: an `up` of 50 services says 50
 * lines at once. The order of texts is kept, over all streams. `later` calls back when the moment is over.
 */
export function gatherWrites(later: (flush: () => void) => void): GatheredWrites {
  let current: TextTarget | undefined;
  let gathered = '';
  const flush = (): void => {
    const [target, text] = [current, gathered];
    current = undefined;
    gathered = '';
    target?.write(text);
  };
  return {
    add: (target, text) => {
      if (current !== undefined && current !== target) flush();
      if (current === undefined) later(flush);
      current = target;
      gathered += text;
    },
    flush,
  };
}
