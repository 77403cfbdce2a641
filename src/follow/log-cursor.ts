import type { LogLine } from './log-line.ts';

/** How far a container's log was read, so that it can be read on with every line once. */
export interface LogCursor {
  /** Whether a line was not given out before; remembers it. */
  isNew(line: LogLine): boolean;
  /** The time to read on from, canonical; undefined before the first line. */
  position(): string | undefined;
  /** The log is read again from the position: lines of exactly that time come again. */
  reopen(): void;
}

/** Makes a cursor before the first line. */
export function createLogCursor(): LogCursor {
  let time = '';
  let count = 0;
  let repeats = 0;
  return {
    isNew: ({ timestamp }) => {
      if (repeats > 0 && timestamp === time) {
        repeats -= 1;
        return false;
      }
      if (timestamp > time) {
        time = timestamp;
        count = 0;
        repeats = 0;
      }
      if (timestamp === time) count += 1;
      return true;
    },
    position: () => (time === '' ? undefined : time),
    reopen: () => {
      repeats = count;
    },
  };
}
