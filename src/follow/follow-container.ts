import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { ContainerLife } from './container-life.ts';
import type { LogLine } from './log-line.ts';
import { canonicalTime, logSeconds } from './log-time.ts';
import { isUnreadable, type LogContainer, type LogPart, readLog, unreadableWords } from './read-log.ts';

/** What following one container works with. */
export interface FollowPorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly warn: (text: string) => void;
  /** Told whether the container lives, which includes the pause before a restart. */
  readonly alive: (lives: boolean) => void;
}

/** A log that ends although its container runs is opened again after so many milliseconds. */
const reopenDelay = 200;

/**
 * The lines of a container over all its starts, every line once: when the log of one run ends, it goes on behind the last line
 * seen as soon as the container runs again. Ends when its life is closed.
 */
export async function* followContainer(
  ports: FollowPorts,
  container: LogContainer,
  life: ContainerLife,
  first: LogPart,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  const cursor = createCursor();
  let part: LogPart = { ...first, follow: true };
  let readable = true;
  while (!signal.aborted) {
    let lines = 0;
    try {
      if (readable) {
        for await (const line of readLog(ports.engine, container, part, signal)) {
          if (!cursor.isNew(line)) continue;
          lines += 1;
          yield line;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isUnreadable(error)) {
        readable = false;
        ports.warn(unreadableWords(container, error));
      } else if (!isEngineError(error, 'connection-lost')) throw error;
    }
    const next = await nextRun(ports, container, life, readable, signal);
    if (next === undefined || first.until !== undefined) return;
    const since = cursor.position() ?? endOfRun(next) ?? first.since;
    part = { follow: true, ...(since === undefined ? {} : { since }) };
    cursor.reopen();
    if (lines === 0) await ports.clock.sleep(reopenDelay, signal);
  }
}

/** Waits until the container runs (again) and its log can be read; undefined when nobody follows any more. */
async function nextRun(
  { engine, alive }: FollowPorts,
  { id }: LogContainer,
  life: ContainerLife,
  readable: boolean,
  signal: AbortSignal,
): Promise<ContainerInspect | undefined> {
  while (!life.closed && !signal.aborted) {
    const seen = life.version;
    const inspect = await inspectIfThere(engine, id, signal);
    const runs = inspect?.State.Running === true && !inspect.State.Restarting;
    if (runs && readable) return inspect;
    alive(runs || inspect?.State.Restarting === true);
    await life.after(seen);
    if (!life.closed) alive(true);
  }
  return undefined;
}

async function inspectIfThere(engine: Engine, id: string, signal: AbortSignal): Promise<ContainerInspect | undefined> {
  try {
    return await engine.containers.inspect(id, { signal });
  } catch (error) {
    if (signal.aborted || isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}

/** When the run before the current one ended, for the log calls; undefined if there was none. */
function endOfRun({ State: state }: ContainerInspect): string | undefined {
  const time = canonicalTime(state.FinishedAt);
  return time === undefined || time.startsWith('0001') ? undefined : logSeconds(time);
}

interface Cursor {
  /** Whether a line was not given out before; remembers it. */
  isNew(line: LogLine): boolean;
  /** Where to read on, for the log calls; undefined before the first line. */
  position(): string | undefined;
  /** The log is read again from the position: lines of exactly that time come again. */
  reopen(): void;
}

function createCursor(): Cursor {
  let time = '';
  let count = 0;
  let repeats = 0;
  return {
    isNew: ({ timestamp }) => {
      if (repeats > 0 && timestamp === time) {
        repeats -= 1;
        return false;
      }
      if (timestamp > time) {
        time = timestamp;
        count = 0;
        repeats = 0;
      }
      if (timestamp === time) count += 1;
      return true;
    },
    position: () => (time === '' ? undefined : logSeconds(time)),
    reopen: () => {
      repeats = count;
    },
  };
}
