import type { ContainerInspect } from '../engine/container.ts';
import type { EngineEvent } from '../engine/engine.ts';
import { readHealthCheck } from './health-check.ts';

/** The health of a container's current start. */
export type Health = 'none' | 'starting' | 'healthy' | 'unhealthy';

/** What is known of one container: the last inspect and what events and our own checks have said since. */
export interface ContainerSight {
  readonly inspect: ContainerInspect;
  /** The container is no more. */
  readonly removed: boolean;
  readonly health: Health;
  /** Since when we know that it runs without a break, in our own milliseconds; undefined if it does not run. */
  readonly runningSince: number | undefined;
  /** So many milliseconds it has to hold to count as running; a busy engine takes longer to notice an end. */
  readonly holdTime: number;
  /** How often the engine has started it again since we look. */
  readonly restarts: number;
  /** Restarts at the first look that do not count, because the container had settled since. */
  readonly settledRestarts: number;
  /** Exit code of the last end of its process that we have seen. */
  readonly lastExit: number | undefined;
  /** The engine's last word on the health, with its time in engine milliseconds. */
  readonly engineWord: { readonly status: Health; readonly time: number } | undefined;
  /** Whether a probe from outside decides over its health, in place of the declared check. */
  readonly probed: boolean;
  /** What our own checks say about the current start; of a container without a check, `healthy` once a published port has answered. */
  readonly ownWord: 'healthy' | 'unhealthy' | undefined;
}

/** Running for so many milliseconds, a container counts as settled; the engine resets its restart back-off then. */
export const settledTime = 10_000;

const leastHoldTime = 500;
const longestHoldTime = 3000;

/** When the container's current run began, in engine milliseconds; 0 if it never ran. */
export function startTime({ State: state }: ContainerInspect): number {
  const time = Date.parse(state.StartedAt);
  return Number.isNaN(time) ? 0 : Math.max(0, time);
}

/** Takes in an inspect. `now`: our milliseconds when it was asked for. */
export function seeInspect(
  before: ContainerSight | undefined,
  inspect: ContainerInspect,
  now: number,
  probed = false,
): ContainerSight {
  const sameStart = before !== undefined && startTime(before.inspect) === startTime(inspect);
  const runs = inspect.State.Running && !inspect.State.Restarting;
  const age = now - startTime(inspect);
  const settled = runs && age >= settledTime;
  const known = sameStart ? before.runningSince : undefined;
  const runningSince = runs ? (known ?? (settled ? startTime(inspect) : now)) : undefined;
  const settledRestarts = before?.settledRestarts ?? (settled ? inspect.RestartCount : 0);
  return withHealth({
    inspect,
    removed: false,
    health: 'none',
    runningSince,
    holdTime: sameStart ? before.holdTime : Math.min(longestHoldTime, Math.max(leastHoldTime, age)),
    restarts: Math.max(0, inspect.RestartCount - settledRestarts),
    settledRestarts,
    lastExit: before?.lastExit,
    engineWord: before?.engineWord,
    probed,
    ownWord: sameStart ? before.ownWord : undefined,
  });
}

/** Takes in an engine event of this container. `look` says whether the event asks for a new inspect. */
export function seeEvent(
  sight: ContainerSight,
  event: EngineEvent,
): { readonly sight: ContainerSight; readonly look: boolean } {
  const time = event.timeNano / 1e6;
  const [action = '', detail] = event.Action.split(':', 2);
  const current = time >= startTime(sight.inspect);
  switch (action) {
    case 'health_status': {
      const status = healthOf(detail?.trim() ?? event.Actor.Attributes['health_status'] ?? '');
      if (status === undefined) return { sight, look: true };
      return { sight: withHealth({ ...sight, engineWord: { status, time } }), look: false };
    }
    case 'destroy':
    case 'remove':
      return { sight: { ...sight, removed: true }, look: false };
    case 'die': {
      const exitCode = Number(event.Actor.Attributes['exitCode']);
      if (!current) return { sight, look: true };
      const lastExit = Number.isInteger(exitCode) ? exitCode : sight.lastExit;
      // An engine that starts it again keeps the answer of an inspect back until it has.
      return { sight: withHealth({ ...sight, lastExit, runningSince: undefined }), look: true };
    }
    case 'start':
    case 'restart':
    case 'stop':
    case 'pause':
    case 'unpause':
    case 'oom':
      return { sight, look: true };
    default:
      return { sight, look: false };
  }
}

/** Takes in the verdict of our own executions of the check, begun for that start of the container. */
export function seeOwnChecks(sight: ContainerSight, verdict: 'healthy' | 'unhealthy', start: number): ContainerSight {
  return startTime(sight.inspect) === start && sight.runningSince !== undefined
    ? withHealth({ ...sight, ownWord: verdict })
    : sight;
}

/** What the engine said before its stream was lost may be outdated: only a new inspect counts. */
export function forgetEngineWord(sight: ContainerSight): ContainerSight {
  return { ...sight, engineWord: undefined };
}

/** Whether the engine itself has run the check since the container's current start. */
export function engineChecks(inspect: ContainerInspect): boolean {
  const last = inspect.State.Health?.Log?.at(-1);
  return last !== undefined && Date.parse(last.End) >= startTime(inspect);
}

function withHealth(sight: ContainerSight): ContainerSight {
  return { ...sight, health: currentHealth(sight) };
}

/** The engine's word if it speaks of the current start, else our own; never what is left from an earlier start. */
function currentHealth(sight: ContainerSight): Health {
  const { inspect, probed, ownWord, runningSince } = sight;
  const checked = readHealthCheck(inspect.Config.Healthcheck) !== undefined;
  if (!checked && !probed) return 'none';
  if (runningSince === undefined) return 'starting';
  const engine = checked ? engineHealth(sight) : 'none';
  if (probed) return engine === 'unhealthy' ? engine : (ownWord ?? 'starting');
  return engine === 'healthy' || engine === 'unhealthy' ? engine : (ownWord ?? 'starting');
}

/** What the engine says of the current start of a container that has a check. */
export function engineHealth({ inspect, engineWord }: ContainerSight): Health {
  const current = engineWord !== undefined && engineWord.time >= startTime(inspect);
  return current ? engineWord.status : inspectedHealth(inspect);
}

function inspectedHealth(inspect: ContainerInspect): Health {
  const { Health: health } = inspect.State;
  const status = healthOf(health?.Status ?? '') ?? 'starting';
  const stale = health?.Log !== undefined && health.Log !== null && health.Log.length > 0 && !engineChecks(inspect);
  return stale ? 'starting' : status;
}

function healthOf(text: string): Health | undefined {
  return text === 'starting' || text === 'healthy' || text === 'unhealthy' ? text : undefined;
}
