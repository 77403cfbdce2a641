import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { logSeconds } from '../engine/log-time.ts';
import type { ContainerLife } from './container-life.ts';
import { type ContainerRun, lookAtRun } from './container-run.ts';
import { createLogCursor, type LogCursor } from './log-cursor.ts';
import type { LogLine } from './log-line.ts';
import { isUnreadable, type LogContainer, type LogPart, readLog, unreadableWords } from './read-log.ts';

/** What following one container works with. */
export interface FollowPorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly warn: (text: string) => void;
  /** Told whether the container lives, which includes the pause before a restart. */
  readonly alive: (lives: boolean) => void;
  /** Called once it is known where the lines that are asked for begin. */
  readonly placed: () => void;
}

/** A container to follow, with its run at the time it was selected. */
export interface FollowedContainer extends LogContainer {
  readonly run: ContainerRun;
}

/** A log that ends although its container runs is opened again after so many milliseconds. */
const reopenDelay = 200;

/**
 * The lines of a container over all its runs, every line once: when the log of one run ends, it goes on behind the last line
 * seen as soon as there is another run. Ends when the container's life is closed.
 */
export async function* followContainer(
  ports: FollowPorts,
  container: FollowedContainer,
  life: ContainerLife,
  first: LogPart,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  const cursor = createLogCursor();
  let { run } = container;
  let part: LogPart | undefined = first;
  let readable = true;
  if (first.tail === '0' && !run.running) {
    part = undefined;
    readable = await skipHistory(ports, container, cursor, signal).finally(ports.placed);
  } else ports.placed();
  while (!signal.aborted) {
    life.forgetEnd();
    const before = cursor.position();
    try {
      if (part !== undefined && readable) {
        for await (const line of readLog(ports.engine, container, { ...part, follow: true }, signal)) {
          if (cursor.isNew(line)) yield line;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isUnreadable(error)) {
        readable = false;
        ports.warn(unreadableWords(container, error));
      } else if (!isEngineError(error, 'connection-lost')) throw error;
    }
    const next = await nextRun(ports, container.id, { life, run, readable }, signal);
    if (next === undefined || first.until !== undefined) return;
    if (next.latest.startedAt === run.startedAt && cursor.position() === before)
      await ports.clock.sleep(reopenDelay, signal);
    part = nextPart(cursor, next, life, first);
    cursor.reopen();
    run = next.latest;
  }
}

/** Notes the last line of a log of which only new lines are asked for. False if it cannot be read. */
async function skipHistory(
  ports: FollowPorts,
  container: LogContainer,
  cursor: LogCursor,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    for await (const line of readLog(ports.engine, container, { tail: '1' }, signal)) cursor.isNew(line);
    return true;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    ports.warn(unreadableWords(container, error));
    return false;
  }
}

interface NextRun {
  /** The run that was read, as it was last seen. */
  readonly read: ContainerRun;
  readonly latest: ContainerRun;
}

/** Waits until the container runs or has run again; undefined when nobody follows any more or the container is gone. */
async function nextRun(
  { engine, alive }: FollowPorts,
  id: string,
  { life, run, readable }: { readonly life: ContainerLife; readonly run: ContainerRun; readonly readable: boolean },
  signal: AbortSignal,
): Promise<NextRun | undefined> {
  let read = run;
  while (!life.closed && !signal.aborted) {
    const seen = life.version;
    const latest = await lookAtRun(engine, id, signal);
    alive(latest?.lives === true);
    if (latest === undefined) return undefined;
    if (readable && (latest.running || latest.startedAt !== run.startedAt)) return { read, latest };
    if (!latest.running) read = latest;
    await life.after(seen);
    if (!life.closed) alive(true);
  }
  return undefined;
}

/** From where to read on: behind the last line seen, else behind the end of the run before. */
function nextPart(cursor: LogCursor, { read, latest }: NextRun, life: ContainerLife, first: LogPart): LogPart {
  const position = cursor.position();
  if (position !== undefined) return { since: logSeconds(position) };
  if (latest.startedAt === read.startedAt) return first;
  const end = read.running ? (life.firstEnd ?? (latest.running ? latest.finishedAt : undefined)) : read.finishedAt;
  return end === undefined ? {} : { since: logSeconds(end) };
}
