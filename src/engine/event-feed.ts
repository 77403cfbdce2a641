import type { Clock } from './clock.ts';
import type { Engine, EngineEvent, EventQuery, EventStream } from './engine.ts';

/** Who hears what an {@link EventFeed} hears. */
export interface FeedListener {
  event(event: EngineEvent): void;
  /** The stream was lost and is open again. What happened in between is unknown: look once. */
  resumed(): void;
  /** The stream was lost for good; nothing more will come. */
  lost(error: unknown): void;
}

/** One subscription to `GET /events` that many share and that survives a lost connection. */
export interface EventFeed {
  /** Resolves when the stream is open; opens it at the first call. Whoever looks after this misses nothing. */
  open(): Promise<void>;
  /** Hears from now on; returns how to stop. */
  listen(listener: FeedListener): () => void;
  /** Ends the subscription; safe to call twice. */
  close(): Promise<void>;
}

/** Milliseconds before each attempt to open a lost stream again. */
const reopenDelays = [0, 100, 300, 600, 1000];

/** Makes a feed; nothing is asked of the engine before the first `open`. The signal ends it as `close` does. */
export function createEventFeed(
  ports: { readonly engine: Engine; readonly clock: Clock },
  query: EventQuery,
  signal: AbortSignal,
): EventFeed {
  const listeners = new Set<FeedListener>();
  const closing = new AbortController();
  const ended = AbortSignal.any([signal, closing.signal]);
  let pump: Promise<void> = Promise.resolve();
  let opening: Promise<void> | undefined;

  const open = (): Promise<EventStream> => ports.engine.events(query, { signal: ended });
  const reopen = async (cause: unknown): Promise<EventStream> => {
    let last = cause;
    for (const delay of reopenDelays) {
      await ports.clock.sleep(delay, ended);
      try {
        return await open();
      } catch (error) {
        last = error;
      }
    }
    throw last;
  };
  const run = async (first: EventStream): Promise<void> => {
    let stream = first;
    try {
      for (;;) {
        const cause = await drain(stream, listeners);
        if (ended.aborted) return;
        stream = await reopen(cause);
        for (const listener of [...listeners]) listener.resumed();
      }
    } catch (error) {
      opening = undefined;
      if (!ended.aborted) for (const listener of [...listeners]) listener.lost(error);
    }
  };
  const start = async (): Promise<void> => {
    try {
      const stream = await open();
      pump = run(stream);
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  return {
    open: () => (opening ??= start()),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await pump;
    },
  };
}

/** Hands on all events of one stream; returns why it ended. */
async function drain(stream: EventStream, listeners: ReadonlySet<FeedListener>): Promise<unknown> {
  try {
    for await (const event of stream) {
      for (const listener of [...listeners]) listener.event(event);
    }
    return undefined;
  } catch (error) {
    return error;
  } finally {
    stream.close();
  }
}
