import type { EngineEvent, EventQuery, EventStream } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { abortedError } from './call-gate.ts';

interface Subscription {
  readonly matches: (event: EngineEvent) => boolean;
  readonly queue: EngineEvent[];
  wake: () => void;
  ended: 'open' | 'closed' | Error;
}

/** Hands every event to the open streams that ask for it. */
export class EventHub {
  readonly #subscriptions = new Set<Subscription>();
  readonly #history: EngineEvent[] = [];

  /** How many streams are open. */
  get openStreams(): number {
    return this.#subscriptions.size;
  }

  publish(event: EngineEvent): void {
    this.#history.push(event);
    for (const subscription of this.#subscriptions) {
      if (!subscription.matches(event)) continue;
      subscription.queue.push(event);
      subscription.wake();
    }
  }

  subscribe(query: EventQuery, signal: AbortSignal | undefined): EventStream {
    const matches = eventFilter(query);
    const subscription: Subscription = { matches, queue: [], wake: () => undefined, ended: 'open' };
    if (query.since !== undefined) {
      const since = Number(query.since);
      subscription.queue.push(...this.#history.filter((event) => event.timeNano / 1e9 >= since && matches(event)));
    }
    this.#subscriptions.add(subscription);
    const end = (reason: 'closed' | Error): void => {
      if (subscription.ended !== 'open') return;
      subscription.ended = reason;
      this.#subscriptions.delete(subscription);
      signal?.removeEventListener('abort', onAbort);
      subscription.wake();
    };
    const onAbort = (): void => end(signal === undefined ? 'closed' : abortedError(signal));
    signal?.addEventListener('abort', onAbort, { once: true });
    return { close: () => end('closed'), [Symbol.asyncIterator]: () => iterate(subscription, () => end('closed')) };
  }

  /** Ends all open streams: with an error as a lost connection does, or quietly. */
  endAll(reason: 'closed' | 'lost'): void {
    const error =
      reason === 'lost' ? new EngineError('connection-lost', 'the connection to the engine was lost') : undefined;
    for (const subscription of [...this.#subscriptions]) {
      subscription.ended = error ?? 'closed';
      this.#subscriptions.delete(subscription);
      subscription.wake();
    }
  }
}

async function* iterate(subscription: Subscription, close: () => void): AsyncGenerator<EngineEvent, void, undefined> {
  try {
    for (;;) {
      const event = subscription.queue.shift();
      if (event !== undefined) yield event;
      else if (subscription.ended === 'closed') return;
      else if (subscription.ended !== 'open') throw subscription.ended;
      else await new Promise<void>((resolve) => (subscription.wake = resolve));
    }
  } finally {
    close();
  }
}

/** The engine's rule: all label filters, one of the types, one of the events (`health_status` also stands for `health_status: healthy`). */
function eventFilter(query: EventQuery): (event: EngineEvent) => boolean {
  return (event) =>
    (query.types === undefined || query.types.includes(event.Type)) &&
    (query.events === undefined ||
      query.events.some((name) => event.Action === name || event.Action.startsWith(`${name}:`))) &&
    hasLabels(event.Actor.Attributes, query.labels);
}

/** Whether the labels hold every `key` or `key=value` of the filter. */
export function hasLabels(labels: Readonly<Record<string, string>>, filter: readonly string[] | undefined): boolean {
  return (filter ?? []).every((wanted) => {
    const equals = wanted.indexOf('=');
    const key = equals < 0 ? wanted : wanted.slice(0, equals);
    return Object.hasOwn(labels, key) && (equals < 0 || labels[key] === wanted.slice(equals + 1));
  });
}
