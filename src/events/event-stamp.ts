import type { EventBody, EventSink, TopsailEvent } from './event.ts';

/** Says that something happened; the envelope is added on the way to the sink. */
export type EmitEvent = (body: EventBody) => void;

/** Puts the schema's version and the time around every event before it goes to the sink. `now`: milliseconds since the epoch. */
export function createEventStamp(now: () => number, sink: EventSink): EmitEvent {
  return (body) => sink(stampEvent(body, now()));
}

/** One event with its envelope. `time`: milliseconds since the epoch. */
export function stampEvent(body: EventBody, time: number): TopsailEvent {
  return { version: 1, time: new Date(time).toISOString(), ...body };
}
