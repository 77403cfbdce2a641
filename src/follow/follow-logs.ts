import type { Clock } from '../engine/clock.ts';
import type { Engine, EngineEvent } from '../engine/engine.ts';
import { createEventFeed } from '../engine/event-feed.ts';
import { Followers } from './followers.ts';
import type { LogLine } from './log-line.ts';
import { type ContainerSelection, isSelected, selectionLabels, sourceOf } from './log-selection.ts';
import { mergeHistory } from './merge-history.ts';
import { createLiveMerge } from './merge-live.ts';
import { isUnreadable, type LogContainer, type LogPart, readLog, unreadableWords } from './read-log.ts';
import { selectContainers } from './select-containers.ts';

/** What following logs works with. */
export interface FollowingPorts {
  readonly engine: Engine;
  readonly clock: Clock;
}

/** Which lines, and for how long. */
export interface LogOptions {
  readonly signal: AbortSignal;
  /** Go on with new lines until all containers have exited. */
  readonly follow?: boolean;
  /** Number of last lines of each container, or `all` (default). Containers that appear later are shown from their start. */
  readonly tail?: string;
  /** Seconds since the epoch with fraction, as text. */
  readonly since?: string;
  readonly until?: string;
  /** While this is not aborted a followed log does not end, even if nothing lives (yet). */
  readonly holdOpen?: AbortSignal;
  /** Told of containers whose log cannot be read. */
  readonly warn?: (text: string) => void;
  /** Called once a followed log misses nothing that is written from now on. */
  readonly begun?: () => void;
}

const lifeActions = ['start', 'die', 'stop', 'destroy'];

/**
 * The lines that the containers of a project have written, in the order of the engine's time; with `follow` also those they will
 * write, in that order as far as lines are at most 200 ms late, over restarts and with containers that appear later, every line once.
 * Throws the engine's error; ends quietly when aborted.
 */
export async function* followLogs(
  ports: FollowingPorts,
  selection: ContainerSelection,
  options: LogOptions,
): AsyncGenerator<LogLine, void, undefined> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([options.signal, leaving.signal]);
  try {
    yield* options.follow === true
      ? follow(ports, selection, options, signal)
      : history(ports, selection, options, signal);
  } catch (error) {
    if (!options.signal.aborted) throw error;
  } finally {
    leaving.abort();
  }
}

async function* history(
  { engine }: FollowingPorts,
  selection: ContainerSelection,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  const containers = await selectContainers(engine, selection, signal);
  yield* mergeHistory(containers.map((container) => readableLines(engine, container, options, signal)));
}

async function* readableLines(
  engine: Engine,
  container: LogContainer,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  try {
    yield* readLog(engine, container, partOf(options), signal);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    options.warn?.(unreadableWords(container, error));
  }
}

async function* follow(
  ports: FollowingPorts,
  selection: ContainerSelection,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  const { engine, clock } = ports;
  const labels = selectionLabels(selection);
  const actions = engine.description.product === 'docker' ? { events: lifeActions } : {};
  const feed = createEventFeed(ports, { types: ['container'], labels, ...actions }, signal);
  const merge = createLiveMerge(clock, signal);
  const warn = options.warn ?? ((): void => undefined);
  const followers = new Followers({ ...ports, warn, signal }, merge, options.holdOpen);
  const addAll = async (part: LogPart): Promise<void> => {
    for (const container of await selectContainers(engine, selection, signal)) followers.add(container, part);
  };
  feed.listen({
    event: (event) => hear(event, selection, followers),
    resumed: () => {
      followers.stirAll();
      merge.add(() => without(addAll({})));
    },
    lost: (error) => merge.add(() => failing(error)),
  });
  try {
    await feed.open();
    await addAll(partOf(options));
    await followers.placed();
    followers.begun();
    options.begun?.();
    yield* merge.lines();
  } finally {
    followers.close();
    await feed.close();
  }
}

function hear(event: EngineEvent, selection: ContainerSelection, followers: Followers): void {
  const { Action: action, Actor: actor } = event;
  if (!lifeActions.includes(action)) return;
  const end = action === 'die' ? canonicalInstant(event) : undefined;
  if (followers.stir(actor.ID, end)) return;
  if (action !== 'start' || !isSelected(selection, actor.ID, actor.Attributes)) return;
  followers.discover(actor.ID, sourceOf(actor.Attributes['name'] ?? actor.ID, actor.Attributes));
}

/** The time of an event, to the microsecond that a number can hold, as a canonical time. */
function canonicalInstant({ timeNano }: EngineEvent): string {
  const whole = new Date(Math.floor(timeNano / 1e6)).toISOString().slice(0, 19);
  return `${whole}.${String(Math.floor(timeNano / 1000) % 1e6).padStart(6, '0')}000Z`;
}

/** A log without lines that ends when the work is done, so that who reads the merge hears of its failure. */
async function* without(work: Promise<void>): AsyncGenerator<LogLine, void, undefined> {
  await work;
  yield* [];
}

async function* failing(error: unknown): AsyncGenerator<LogLine, void, undefined> {
  yield* [];
  throw error;
}

function partOf({ tail, since, until }: LogOptions): LogPart {
  return {
    ...(tail === undefined ? {} : { tail }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}
