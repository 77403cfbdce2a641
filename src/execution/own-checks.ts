import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { createCheckRounds, type OwnChecks, type OwnChecksListener } from './check-rounds.ts';
import { engineChecks, startTime } from './container-sight.ts';
import { type HealthCheck, readHealthCheck } from './health-check.ts';
import type { LastAttempt } from './last-attempt.ts';
import { type ProbeResult, probeHealth } from './probe-health.ts';
import type { Slots } from './slots.ts';

/** Executes one container's declared check ourselves, whenever it is aimed at a start. `note` hears each failed attempt. */
export function createOwnChecks(
  ports: { readonly engine: Engine; readonly clock: Clock; readonly slots: Slots; readonly signal: AbortSignal },
  listener: OwnChecksListener,
  note: (attempt: LastAttempt) => void,
): OwnChecks {
  const run = async (inspect: ContainerInspect, check: HealthCheck, signal: AbortSignal): Promise<boolean> => {
    const start = startTime(inspect);
    const mayCondemn = ports.engine.description.product !== 'docker';
    const streak = createFailureStreak(check, ports.clock.now());
    const judge = async (result: ProbeResult): Promise<void> => {
      if (result.exitCode === 0) return listener.verdict('healthy', start);
      note({ kind: 'check', exitCode: result.exitCode, output: result.output });
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
    return broken;
  };
  return createCheckRounds(ports.signal, listener, (inspect) => {
    const check = readHealthCheck(inspect.Config.Healthcheck);
    return check === undefined ? undefined : (signal) => run(inspect, check, signal);
  });
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
