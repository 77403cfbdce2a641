import type { TopsailError } from '../diagnostics/topsail-error.ts';
import { unreachable } from '../diagnostics/unreachable.ts';
import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import {
  containerExited,
  containerRemoved,
  crashLoop,
  dependencyUnhealthy,
  jobFailed,
  noHealthcheck,
  waitTimeout,
} from './container-failures.ts';
import { withDeadline } from './deadline.ts';
import { inspectEnded } from './inspect-ended.ts';
import type { WaitFault } from './judge-wait.ts';
import { killedForMemory } from './killed-for-memory.ts';
import type { LastAttempt } from './last-attempt.ts';
import { lastLogLines } from './last-log-lines.ts';

/** What went wrong with one container. */
export interface ContainerFailure {
  readonly service: string;
  /** Engine id. */
  readonly container: string;
  readonly name: string;
  /** `timeout`: the wait was too long. */
  readonly fault: WaitFault | 'timeout';
  /** What the wait waited for, as an adjective: `healthy`, `ready`. */
  readonly aim: string;
  /** Of a timeout, in milliseconds. */
  readonly waited: number;
  readonly restarts: number;
  readonly lastExit: number | undefined;
  /** What the last probe or check of ours came to. */
  readonly attempt: LastAttempt | undefined;
}

/** Asking for reasons may take so many milliseconds; then the error goes without them. */
const patience = 3000;

/** Makes the error of a wait that failed: the cause first, then the last health output and the last log lines. Never rejects. */
export async function diagnoseFailure(
  ports: { readonly engine: Engine; readonly clock: Clock },
  failure: ContainerFailure,
  signal: AbortSignal,
): Promise<TopsailError> {
  if (failure.fault === 'removed') return containerRemoved({}, failure.service, failure.name);
  const inspect = await attempt(ports.clock, signal, (call) => inspectEnded(ports, failure.container, call));
  const lines =
    inspect === undefined || failure.fault === 'no-healthcheck'
      ? []
      : await attempt(ports.clock, signal, (call) => lastLogLines(ports.engine, inspect, call));
  const details = [
    ...(failure.attempt?.kind === 'probe' ? [`last probe from outside: ${failure.attempt.reason}`] : []),
    ...healthLines(inspect, failure.attempt),
    ...logLines(failure.name, lines ?? []),
  ];
  return failureOf(failure, inspect, details);
}

function failureOf(
  failure: ContainerFailure,
  inspect: ContainerInspect | undefined,
  details: readonly string[],
): TopsailError {
  const { service, name, fault, restarts } = failure;
  const exitCode = failure.lastExit ?? inspect?.State.ExitCode ?? 0;
  const ended = fault === 'exited' || fault === 'job-failed' || fault === 'crash-loop';
  const killed = ended && inspect !== undefined ? killedForMemory(inspect, { service, name, details }) : undefined;
  if (killed !== undefined) return killed;
  switch (fault) {
    case 'exited':
      return containerExited({ details }, service, name, exitCode, inspect?.State.Error ?? '');
    case 'job-failed':
      return jobFailed({ details }, service, name, exitCode);
    case 'crash-loop':
      return crashLoop({ details }, service, name, exitCode, restarts);
    case 'unhealthy':
      return dependencyUnhealthy({ details }, service, name);
    case 'no-healthcheck':
      return noHealthcheck({ details }, service, name);
    case 'removed':
      return containerRemoved({ details }, service, name);
    case 'timeout':
      return waitTimeout({ details }, service, name, failure.aim, failure.waited, stateWords(inspect));
    default:
      return unreachable(fault);
  }
}

function stateWords(inspect: ContainerInspect | undefined): string {
  if (inspect === undefined) return '';
  const { Status: status, Health: health } = inspect.State;
  // Podman has an empty health for a container without a check.
  const words = health?.Status ?? '';
  return `it is ${status}${words === '' ? '' : ` and its health is ${words}`}`;
}

/** The engine's last check, else ours: an engine may wait for a first interval, or run no checks. */
function healthLines(inspect: ContainerInspect | undefined, attempt: ContainerFailure['attempt']): readonly string[] {
  const last = inspect?.State.Health?.Log?.at(-1);
  if (last !== undefined) return checkLines(`exit ${last.ExitCode}`, last.Output);
  if (attempt?.kind !== 'check') return [];
  const { exitCode, output } = attempt;
  return checkLines(exitCode === undefined ? 'not done in its time' : `exit ${exitCode}`, output);
}

function checkLines(end: string, text: string): readonly string[] {
  const output = text.trimEnd();
  const lines = output === '' ? [] : output.split(/\r?\n/);
  return [`last health check (${end})${lines.length === 0 ? '' : ':'}`, ...lines.map((line) => `  ${line}`)];
}

function logLines(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`last log lines of ${name}:`, ...lines.map((line) => `  ${line}`)];
}

async function attempt<Result>(
  clock: Clock,
  signal: AbortSignal,
  work: (call: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    const result = await withDeadline(clock, patience, signal, work);
    return typeof result === 'symbol' ? undefined : result;
  } catch {
    return undefined;
  }
}
