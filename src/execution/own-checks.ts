import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { engineChecks, startTime } from './container-sight.ts';
import { type HealthCheck, readHealthCheck } from './health-check.ts';
import { type ProbeResult, probeHealth } from './probe-health.ts';
import type { Slots } from './slots.ts';

/** Who hears how our own checks go. */
export interface OwnChecksListener {
  /** `start`: the container's start, in engine milliseconds, that the verdict is about. */
  verdict(verdict: 'healthy' | 'unhealthy', start: number): void;
  failed(error: unknown): void;
}

/** Our own executions of one container's declared check: at most one at a time, over all its starts. */
export interface OwnChecks {
  /** Which start of the container to check from now on; undefined stops. The same start again changes nothing. */
  aim(inspect: ContainerInspect | undefined): void;
  /** Resolves when no probe is under way. Does not stop them: that is the signal's work. */
  idle(): Promise<void>;
}

interface Round {
  readonly start: number;
  readonly stop: AbortController;
}

/** Makes the checks of one container; they begin when they are aimed at a start. */
export function createOwnChecks(
  ports: { readonly engine: Engine; readonly clock: Clock; readonly slots: Slots; readonly signal: AbortSignal },
  listener: OwnChecksListener,
): OwnChecks {
  let round: Round | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = async (inspect: ContainerInspect, check: HealthCheck, signal: AbortSignal): Promise<void> => {
    const start = startTime(inspect);
    const mayCondemn = ports.engine.description.product !== 'docker';
    const streak = createFailureStreak(check, ports.clock.now());
    const judge = async (result: ProbeResult): Promise<void> => {
      if (result.exitCode === 0) return listener.verdict('healthy', start);
      if (!mayCondemn || !streak.add(result)) return;
      const latest = await ports.engine.containers.inspect(inspect.Id, { signal });
      if (!engineChecks(latest)) listener.verdict('unhealthy', start);
    };
    let judging: Promise<void> = Promise.resolve();
    const tell = (result: ProbeResult): void => {
      judging = judging.then(() => (signal.aborted ? undefined : judge(result)));
      judging.catch(() => undefined);
    };
    const subject = { id: inspect.Id, image: inspect.Image, check, stopAtHang: !mayCondemn };
    const broken = await probeHealth(ports, subject, tell, signal);
    await judging;
    // When the connection is back the container is looked at again, and the checks begin anew.
    if (broken && round?.start === start) round = undefined;
  };
  const begin = (inspect: ContainerInspect, check: HealthCheck): Round => {
    const stop = new AbortController();
    const signal = AbortSignal.any([ports.signal, stop.signal]);
    running = running
      .then(() => (signal.aborted ? undefined : run(inspect, check, signal)))
      .catch((error: unknown) => {
        if (!signal.aborted) listener.failed(error);
      });
    return { start: startTime(inspect), stop };
  };
  return {
    aim: (inspect) => {
      const start = inspect === undefined ? undefined : startTime(inspect);
      if (round?.start === start) return;
      round?.stop.abort();
      const check = readHealthCheck(inspect?.Config.Healthcheck);
      round = inspect === undefined || check === undefined ? undefined : begin(inspect, check);
    },
    idle: () => running,
  };
}

interface FailureStreak {
  /** Counts a failed probe; true when the retries are used up. */
  add(result: ProbeResult): boolean;
}

/** Counts failures as an engine does: one per interval, none before the first interval or within the start period is over. */
function createFailureStreak(check: HealthCheck, begun: number): FailureStreak {
  let failures = 0;
  let nextCounted = begun + Math.max(check.interval, check.startPeriod);
  return {
    add: ({ startedAt }) => {
      if (startedAt < nextCounted) return false;
      failures += 1;
      nextCounted = startedAt + check.interval;
      return failures >= check.retries;
    },
  };
}
