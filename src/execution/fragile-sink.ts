import type { EventSink } from '../events/event.ts';

/** A sink that belongs to the caller and may throw. */
export interface FragileSink {
  /** Never throws. Tells nothing more once the caller's sink has thrown. */
  readonly sink: EventSink;
  /** Aborted, with the thrown error as the reason, when the caller's sink throws. */
  readonly broken: AbortSignal;
}

/** Wraps a caller's sink, so that its error ends an execution in order instead of breaking off a node's bookkeeping. */
export function createFragileSink(sink: EventSink): FragileSink {
  const breaking = new AbortController();
  return {
    sink: (event) => {
      if (breaking.signal.aborted) return;
      try {
        sink(event);
      } catch (error) {
        breaking.abort(error);
      }
    },
    broken: breaking.signal,
  };
}
