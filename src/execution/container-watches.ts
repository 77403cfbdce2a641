import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { createEventFeed } from '../engine/event-feed.ts';
import type { OpenProber } from '../engine/prober.ts';
import { PROJECT_LABEL } from '../state/labels.ts';
import { ContainerWatch, type SightListener, type WatchSubject } from './container-watch.ts';
import type { LastAttempt } from './last-attempt.ts';
import { createSlots } from './slots.ts';

/** What all waits of one execution share: one event subscription, and per container one sight and one probe at a time. */
export interface ContainerWatches {
  /**
   * Tells what is known of a container from now on, first after looking at it once. With `checks` its declared health check is
   * also executed by us, or it is probed from outside if its service wants that. Resolves when the first look is done; gives how to
   * stop.
   */
  follow(subject: WatchSubject, checks: boolean, listener: SightListener): Promise<() => void>;
  /** What the last failed probe or check of a container came to, also when nobody follows it any more. */
  lastAttempt(id: string): LastAttempt | undefined;
  /** Ends the subscription and all probes. */
  close(): Promise<void>;
}

/** How many of our own probes may be at work at a time: each costs the engine about as much as the start of a container. */
const probeLimit = 3;

const watchedActions = ['start', 'die', 'stop', 'restart', 'oom', 'pause', 'unpause', 'destroy', 'health_status'];

/** Makes the watches of one execution. Nothing is asked of the engine before the first wait. */
export function createContainerWatches(
  ports: { readonly engine: Engine; readonly clock: Clock; readonly prober?: OpenProber },
  project: string,
  signal: AbortSignal,
): ContainerWatches {
  const closing = new AbortController();
  const ended = AbortSignal.any([signal, closing.signal]);
  const query = { types: ['container'], labels: [`${PROJECT_LABEL}=${project}`] };
  // Other engines name their events differently in filters, so there the choice is made on our side.
  const events = ports.engine.description.product === 'docker' ? { events: watchedActions } : {};
  const feed = createEventFeed(ports, { ...query, ...events }, ended);
  const attempts = new Map<string, LastAttempt>();
  const note = (id: string, attempt: LastAttempt): void => void attempts.set(id, attempt);
  const shared = { ...ports, prober: ports.prober, feed, slots: createSlots(probeLimit), signal: ended, note };
  const watches = new Map<string, ContainerWatch>();
  const all: ContainerWatch[] = [];
  const watchOf = (subject: WatchSubject): ContainerWatch => {
    const known = watches.get(subject.id);
    if (known !== undefined) return known;
    const watch = new ContainerWatch(shared, subject, () => watches.delete(subject.id));
    watches.set(subject.id, watch);
    all.push(watch);
    return watch;
  };
  return {
    follow: async (subject, checks, listener) => {
      await feed.open();
      return watchOf(subject).follow(checks, listener);
    },
    lastAttempt: (id) => attempts.get(id),
    close: async () => {
      closing.abort();
      await Promise.all([feed.close(), ...all.map((watch) => watch.idle())]);
    },
  };
}
