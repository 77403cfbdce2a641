import { describe, expect, it } from 'vitest';
import type { TopsailEvent } from '../../../src/events/event.ts';
import { fanOut, filterEvents, noEvents } from '../../../src/events/event-sinks.ts';
import { stampEvent } from '../../../src/events/event-stamp.ts';

const warning = stampEvent({ type: 'warning', text: 'x' }, 0);

describe('event sinks', () => {
  it('hand an event to all, in order', () => {
    const order: string[] = [];
    fanOut(
      () => void order.push('a'),
      noEvents,
      () => void order.push('b'),
    )(warning);
    expect(order).toEqual(['a', 'b']);
  });

  it('pass on only what is wanted', () => {
    const seen: TopsailEvent[] = [];
    const sink = filterEvents(
      ({ type }) => type === 'log',
      (event) => void seen.push(event),
    );
    sink(warning);
    expect(seen).toEqual([]);
    filterEvents(
      () => true,
      (event) => void seen.push(event),
    )(warning);
    expect(seen).toEqual([warning]);
  });
});
