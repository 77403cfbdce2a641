import type { Engine, EngineEvent } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { createEventFeed, type EventFeed } from '../engine/event-feed.ts';
import type { LogSource } from '../events/event.ts';
import { REPLACE_LABEL } from '../state/labels.ts';
import type { FollowingPorts } from './follow-logs.ts';
import { type ContainerSelection, isSelected, selectionLabels, sourceOf } from './log-selection.ts';

/** A container's process has ended. */
export interface ContainerExit {
  /** The container's engine id. */
  readonly id: string;
  readonly source: LogSource;
  readonly exitCode: number;
  /** The engine starts it again. */
  readonly restarting: boolean;
  /** Somebody asked the engine to end it. */
  readonly killed: boolean;
}

/** The exits of a project's containers as they happen. */
export interface ExitMonitor extends AsyncIterable<ContainerExit> {
  /** Resolves when the monitor hears everything that happens from now on; rejects if the engine refuses. */
  readonly listening: Promise<void>;
}

/** How long to monitor. */
export interface MonitorOptions {
  readonly signal: AbortSignal;
  /** While this is not aborted the monitor does not end, even if nothing lives (yet). */
  readonly holdOpen?: AbortSignal;
  /** Told of each start of a container, by its name, as soon as it is heard of. */
  readonly onStart?: (container: string) => void;
  /** Told of each container that is made in place of another. */
  readonly onRecreate?: (source: LogSource) => void;
}

const lifeActions = ['create', 'start', 'kill', 'die', 'stop', 'destroy'];

/**
 * Hears of every exit of the selected containers from now on, also of those that appear later. The monitor listens at once, before
 * it is iterated (once); it ends when none of them lives any more, or when aborted. Iterating throws the engine's error.
 */
export function monitorExits(
  ports: FollowingPorts,
  selection: ContainerSelection,
  options: MonitorOptions,
): ExitMonitor {
  const labels = selectionLabels(selection);
  const actions = ports.engine.description.product === 'docker' ? { events: lifeActions } : {};
  const feed = createEventFeed(ports, { types: ['container'], labels, ...actions }, options.signal);
  const inbox = createInbox();
  feed.listen({
    event: (event) => {
      if (!lifeActions.includes(event.Action)) return;
      inbox.put({ kind: 'event', event });
      tellStart(event, selection, options);
      tellRecreate(event, selection, options);
    },
    resumed: () => inbox.put({ kind: 'look' }),
    lost: (error) => inbox.put({ kind: 'lost', error }),
  });
  options.signal.addEventListener('abort', () => inbox.put({ kind: 'look' }), { once: true });
  // Not a look: what was heard of is more than the engine's list shows, as an exit in between is still to be told.
  options.holdOpen?.addEventListener('abort', () => inbox.put({ kind: 'wake' }), { once: true });
  const listening = feed.open();
  // Who iterates hears of a refusal too, so that nobody has to await the promise.
  listening.catch(() => undefined);
  return { listening, [Symbol.asyncIterator]: () => exits({ ...ports, feed, inbox, listening }, selection, options) };
}

function tellStart(
  { Action: action, Actor: { ID: id, Attributes: labels } }: EngineEvent,
  selection: ContainerSelection,
  { onStart }: MonitorOptions,
): void {
  if (action === 'start' && isSelected(selection, id, labels)) onStart?.(labels['name'] ?? id);
}

function tellRecreate(
  { Action: action, Actor: { ID: id, Attributes: labels } }: EngineEvent,
  selection: ContainerSelection,
  { onRecreate }: MonitorOptions,
): void {
  if (action !== 'create' || labels[REPLACE_LABEL] === undefined || !isSelected(selection, id, labels)) return;
  // Until it is renamed its name has the id of the one that it replaces in front.
  onRecreate?.(sourceOf((labels['name'] ?? id).replace(/^[0-9a-f]{12}_/, ''), labels));
}

type Message =
  | { readonly kind: 'event'; readonly event: EngineEvent }
  | { readonly kind: 'look' }
  | { readonly kind: 'wake' }
  | { readonly kind: 'lost'; readonly error: unknown };

interface Inbox {
  put(message: Message): void;
  take(): Promise<Message>;
  readonly isEmpty: () => boolean;
}

function createInbox(): Inbox {
  const messages: Message[] = [];
  let wake = (): void => undefined;
  return {
    put: (message) => {
      messages.push(message);
      wake();
    },
    take: async () => {
      for (;;) {
        const message = messages.shift();
        if (message !== undefined) return message;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    isEmpty: () => messages.length === 0,
  };
}

interface MonitorPorts extends FollowingPorts {
  readonly feed: EventFeed;
  readonly inbox: Inbox;
  readonly listening: Promise<void>;
}

async function* exits(
  ports: MonitorPorts,
  selection: ContainerSelection,
  { signal, holdOpen }: MonitorOptions,
): AsyncGenerator<ContainerExit, void, undefined> {
  const { engine, feed, inbox } = ports;
  try {
    await ports.listening;
    const died = new Set<string>();
    let living = await livingContainers(engine, selection, signal, died);
    const killed = new Set<string>();
    const mayEnd = (): boolean => living.size === 0 && inbox.isEmpty() && holdOpen?.aborted !== false;
    while (!signal.aborted && !mayEnd()) {
      const message = await inbox.take();
      if (message.kind === 'lost') throw message.error;
      if (message.kind === 'wake') continue;
      if (message.kind === 'look') {
        if (!signal.aborted) living = await livingContainers(engine, selection, signal, died);
        continue;
      }
      const exit = await takeEvent(message.event, { engine, selection, living, killed, died, signal });
      if (exit !== undefined) yield exit;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await feed.close();
  }
}

async function livingContainers(
  engine: Engine,
  selection: ContainerSelection,
  signal: AbortSignal,
  died: Set<string>,
): Promise<Set<string>> {
  const all = await engine.containers.list({ all: false, labels: selectionLabels(selection) }, { signal });
  for (const { Id: id, State: state } of all) if (state === 'restarting') died.add(id);
  return new Set(all.filter(({ Id: id, Labels: labels }) => isSelected(selection, id, labels)).map(({ Id: id }) => id));
}

/** Takes in one event; gives the exit that it tells of. */
async function takeEvent(
  { Action: action, Actor: { ID: id, Attributes: labels } }: EngineEvent,
  {
    engine,
    selection,
    living,
    killed,
    died,
    signal,
  }: {
    readonly engine: Engine;
    readonly selection: ContainerSelection;
    readonly living: Set<string>;
    /** Containers that were sent a signal since they were last started. */
    readonly killed: Set<string>;
    /** Containers whose end was told since they were last started. */
    readonly died: Set<string>;
    readonly signal: AbortSignal;
  },
): Promise<ContainerExit | undefined> {
  if (!isSelected(selection, id, labels)) return undefined;
  if (action === 'create') {
    // What is made in place of another is about to be started: until then nothing may live.
    if (labels[REPLACE_LABEL] !== undefined) living.add(id);
    return undefined;
  }
  if (action === 'start') {
    living.add(id);
    killed.delete(id);
    died.delete(id);
    return undefined;
  }
  if (action === 'kill') {
    killed.add(id);
    return undefined;
  }
  const lives = action !== 'destroy' && (await livesOn(engine, id, signal));
  if (action === 'die') died.add(id);
  if (lives) living.add(id);
  // Engines may tell of a stop before the end that it caused, which is still to come.
  else if (action !== 'stop' || died.has(id)) living.delete(id);
  if (action !== 'die') return undefined;
  const exitCode = Number(labels['exitCode'] ?? '0');
  const ended = killed.has(id) || (engine.description.product !== 'docker' && deadlySignals.has(exitCode));
  return { id, source: sourceOf(labels['name'] ?? id, labels), exitCode, restarting: lives, killed: ended };
}

/** Exit codes after SIGINT, SIGKILL and SIGTERM: Podman tells of a stop only after the end. */
const deadlySignals: ReadonlySet<number> = new Set([130, 137, 143]);

async function livesOn(engine: Engine, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { State: state } = await engine.containers.inspect(id, { signal });
    return state.Running || state.Restarting;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return false;
    throw error;
  }
}
