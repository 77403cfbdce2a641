import type { LogLine } from './log-line.ts';

interface Head {
  readonly lines: AsyncIterator<LogLine>;
  line: LogLine;
  /** The line's time, or that of a later line before it: within a container the engine's order stays. */
  key: string;
}

/**
 * Merges logs that end into one in the order of time; of lines with one time, those of the earlier log come first. Holds one line
 * of each log.
 */
export async function* mergeHistory(logs: readonly AsyncIterable<LogLine>[]): AsyncGenerator<LogLine, void, undefined> {
  const iterators = logs.map((log) => log[Symbol.asyncIterator]());
  try {
    const first = await Promise.all(iterators.map((lines) => firstHead(lines)));
    const heads = first.filter((head) => head !== undefined);
    while (heads.length > 0) {
      const earliest = heads.reduce((best, head) => (head.key < best.key ? head : best));
      yield earliest.line;
      if (!(await advance(earliest))) heads.splice(heads.indexOf(earliest), 1);
    }
  } finally {
    await Promise.all(iterators.map(async (lines) => lines.return?.()));
  }
}

async function firstHead(lines: AsyncIterator<LogLine>): Promise<Head | undefined> {
  const next = await lines.next();
  return next.done === true ? undefined : { lines, line: next.value, key: next.value.timestamp };
}

async function advance(head: Head): Promise<boolean> {
  const next = await head.lines.next();
  if (next.done === true) return false;
  head.line = next.value;
  if (next.value.timestamp > head.key) head.key = next.value.timestamp;
  return true;
}
