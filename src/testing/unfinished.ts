import type { EventSink, TopsailEvent } from '../events/event.ts';

/** What of a start is under way: so that one that takes too long can say what it was waiting for. */
export interface Unfinished {
  readonly sink: EventSink;
  /** What has begun and not ended, in words. */
  words(): readonly string[];
}

/** Follows the events of a start, and passes them on. */
export function followUnfinished(next: EventSink | undefined): Unfinished {
  const open = new Map<string, string>();
  const take = (event: TopsailEvent): void => {
    if (event.type === 'node-started') open.set(event.node, `${event.operation} ${event.name}`);
    if (event.type === 'node-progress' && event.operation === 'wait-container') open.set(event.node, event.text);
    if (event.type === 'node-ended') open.delete(event.node);
  };
  return {
    sink: (event) => {
      take(event);
      next?.(event);
    },
    words: () => [...new Set(open.values())],
  };
}
