import type { Clock } from '../engine/clock.ts';
import type { LogLine } from './log-line.ts';

/** Logs that go on, merged into one as they come. */
export interface LiveMerge {
  /** Takes a log in; its reading begins at once and has to end when the signal is aborted. */
  add(open: (signal: AbortSignal) => AsyncIterable<LogLine>): void;
  /** No further log will be added: the merge ends with the last of them. */
  seal(): void;
  /** The merged lines; can be read once. Leaving the loop ends the reading of all logs. */
  lines(): AsyncGenerator<LogLine, void, undefined>;
}

interface Entry {
  readonly line: LogLine;
  readonly key: string;
  readonly arrival: number;
}

interface Source {
  readonly queue: Entry[];
  ended: boolean;
  makeRoom: () => void;
}

/** A line waits so many milliseconds for earlier ones of other containers. */
const holdBack = 200;

/** So many lines of a container may wait to be read; then it is not read any further. */
const longestQueue = 1000;

/**
 * Merges logs that go on: exact within a container, and over containers by the engine's time as far as a line that comes at
 * most 200 ms late is still put in its place. Memory is bounded: who reads slowly slows the reading of the logs down.
 */
export function createLiveMerge(clock: Clock, signal: AbortSignal): LiveMerge {
  const sources = new Set<Source>();
  const pumps: Promise<void>[] = [];
  const leaving = new AbortController();
  const ended = AbortSignal.any([signal, leaving.signal]);
  let sealed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;

  const pump = async (source: Source, log: AsyncIterable<LogLine>): Promise<void> => {
    let key = '';
    try {
      for await (const line of log) {
        if (line.timestamp > key) key = line.timestamp;
        source.queue.push({ line, key, arrival: clock.now() });
        wake();
        if (source.queue.length >= longestQueue) await roomIn(source, ended);
        if (ended.aborted) return;
      }
    } catch (error) {
      if (!ended.aborted) failure ??= { error };
    } finally {
      source.ended = true;
      wake();
    }
  };
  const news = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const newsWithin = async (milliseconds: number): Promise<void> => {
    const over = new AbortController();
    const alarm = clock.sleep(milliseconds, over.signal).catch(() => undefined);
    await Promise.race([news(), alarm]);
    over.abort();
  };
  ended.addEventListener('abort', () => wake(), { once: true });
  const lines = async function* (): AsyncGenerator<LogLine, void, undefined> {
    try {
      while (!ended.aborted) {
        if (failure !== undefined) throw failure.error;
        for (const source of [...sources]) if (source.ended && source.queue.length === 0) sources.delete(source);
        const next = earliest(sources);
        if (next === undefined) {
          if (sealed && sources.size === 0) return;
          await news();
          continue;
        }
        const wait = next.complete ? 0 : next.entry.arrival + holdBack - clock.now();
        if (wait > 0) {
          await newsWithin(wait);
          continue;
        }
        next.source.queue.shift();
        next.source.makeRoom();
        yield next.entry.line;
      }
    } finally {
      leaving.abort();
      await Promise.all(pumps);
    }
  };
  return {
    add: (open) => {
      const source: Source = { queue: [], ended: false, makeRoom: () => undefined };
      sources.add(source);
      pumps.push(pump(source, open(ended)));
    },
    seal: () => {
      sealed = true;
      wake();
    },
    lines,
  };
}

function roomIn(source: Source, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      source.makeRoom = () => undefined;
      signal.removeEventListener('abort', go);
      resolve();
    };
    source.makeRoom = go;
    signal.addEventListener('abort', go, { once: true });
  });
}

/** The earliest waiting line, and whether every log has one waiting, so that no earlier one can come. */
function earliest(
  sources: ReadonlySet<Source>,
): { readonly source: Source; readonly entry: Entry; readonly complete: boolean } | undefined {
  let best: { readonly source: Source; readonly entry: Entry } | undefined;
  let complete = true;
  for (const source of sources) {
    const entry = source.queue[0];
    if (entry === undefined) complete = false;
    else if (best === undefined || entry.key < best.entry.key) best = { source, entry };
  }
  return best === undefined ? undefined : { ...best, complete };
}
