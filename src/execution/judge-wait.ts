import { unreachable } from '../diagnostics/unreachable.ts';
import type { WaitCondition } from '../plan/operation.ts';
import { type ContainerSight, engineHealth, settledTime } from './container-sight.ts';
import { readHealthCheck } from './health-check.ts';

/** Why a wait can never be met. */
export type WaitFault = 'removed' | 'no-healthcheck' | 'exited' | 'crash-loop' | 'unhealthy' | 'job-failed';

/** Whether a wait is over. `recheckAt`, in our own milliseconds, is when it may be met without any news. */
export type Verdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'failed'; readonly fault: WaitFault }
  | { readonly kind: 'waiting'; readonly recheckAt: number | undefined };

/** A container that was started again so often is in a crash loop. */
const crashLoopRestarts = 3;

/** The engine's own word is awaited where its checks come at least that often, in milliseconds. */
const longestConfirmation = 2000;

const met: Verdict = { kind: 'met' };
const waiting: Verdict = { kind: 'waiting', recheckAt: undefined };

/** Judges a wait by what is known of the container. `now`: our milliseconds. */
export function judgeWait(condition: WaitCondition, sight: ContainerSight, now: number): Verdict {
  if (sight.removed) return failed('removed');
  switch (condition) {
    case 'healthy':
      return sight.health === 'none' ? failed('no-healthcheck') : judgeHealth(sight);
    case 'running':
      return judgeRunning(sight, now);
    case 'running-or-completed':
      return hasEnded(sight) && exitCode(sight) === 0 ? met : judgeRunning(sight, now);
    case 'running-or-healthy':
      if (hasEnded(sight) && exitCode(sight) === 0) return met;
      return sight.health === 'none' ? judgeRunning(sight, now) : judgeHealth(sight);
    case 'confirmed': {
      const verdict = judgeWait('running-or-healthy', sight, now);
      return verdict.kind === 'met' && isConfirmationDue(sight) ? waiting : verdict;
    }
    case 'completed':
      return judgeCompleted(sight);
    default:
      return unreachable(condition);
  }
}

/** Whether the engine will soon say itself what we have found. */
function isConfirmationDue(sight: ContainerSight): boolean {
  if (sight.probed || sight.runningSince === undefined) return false;
  const check = readHealthCheck(sight.inspect.Config.Healthcheck);
  return check !== undefined && check.interval <= longestConfirmation && engineHealth(sight) !== 'healthy';
}

function judgeHealth(sight: ContainerSight): Verdict {
  const fault = lifeFault(sight);
  if (fault !== undefined) return failed(fault);
  if (sight.runningSince === undefined) return waiting;
  if (sight.health === 'unhealthy') return failed('unhealthy');
  return sight.health === 'healthy' ? met : waiting;
}

/** Running has to hold: for a moment, or until a published port answers, and for one that was restarted until it has settled. */
function judgeRunning(sight: ContainerSight, now: number): Verdict {
  const fault = lifeFault(sight);
  if (fault !== undefined) return failed(fault);
  if (sight.runningSince === undefined) return waiting;
  if (sight.restarts === 0 && sight.ownWord === 'healthy') return met;
  const recheckAt = sight.runningSince + (sight.restarts > 0 ? settledTime : sight.holdTime);
  return now >= recheckAt ? met : { kind: 'waiting', recheckAt };
}

function judgeCompleted(sight: ContainerSight): Verdict {
  if (sight.lastExit === 0) return met;
  if (hasEnded(sight)) return exitCode(sight) === 0 ? met : failed('job-failed');
  const { Name: policy, MaximumRetryCount: limit = 0 } = sight.inspect.HostConfig.RestartPolicy ?? { Name: 'no' };
  const endless = policy !== 'on-failure' || limit === 0;
  return endless && sight.restarts >= crashLoopRestarts ? failed('crash-loop') : waiting;
}

function lifeFault(sight: ContainerSight): WaitFault | undefined {
  if (hasEnded(sight)) return 'exited';
  return sight.restarts >= crashLoopRestarts ? 'crash-loop' : undefined;
}

/** Whether its process has ended and nothing will start it again. */
function hasEnded({ inspect: { State: state } }: ContainerSight): boolean {
  return !state.Running && !state.Restarting && state.Status !== 'created' && state.Status !== 'paused';
}

function exitCode({ inspect }: ContainerSight): number {
  return inspect.State.ExitCode;
}

function failed(fault: WaitFault): Verdict {
  return { kind: 'failed', fault };
}
