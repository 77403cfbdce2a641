import type { EventSink, TopsailEvent } from './event.ts';

/** A sink that forgets everything. */
export const noEvents: EventSink = () => undefined;

/** A sink that hands every event to all of these, in this order. */
export function fanOut(...sinks: readonly EventSink[]): EventSink {
  return (event) => {
    for (const sink of sinks) sink(event);
  };
}

/** A sink that passes on only what the rule accepts. */
export function filterEvents(accepts: (event: TopsailEvent) => boolean, sink: EventSink): EventSink {
  return (event) => {
    if (accepts(event)) sink(event);
  };
}
