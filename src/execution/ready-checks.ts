import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { OpenProber } from '../engine/prober.ts';
import type { ReadyProbe } from '../state/ready-probe.ts';
import { createCheckRounds, type OwnChecks, type OwnChecksListener } from './check-rounds.ts';
import { startTime } from './container-sight.ts';
import { isConnectionFault } from './engine-liveness.ts';
import { awaitLogLine } from './log-probe.ts';
import { probeFromOutside } from './network-probe.ts';

/** What the probes of one container work with. */
export interface ReadyCheckPorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly prober: OpenProber | undefined;
  readonly signal: AbortSignal;
}

/** Probes one container from outside as its service declares it, whenever it is aimed at a start. `note` hears each failed attempt. */
export function createReadyChecks(
  ports: ReadyCheckPorts,
  probe: ReadyProbe,
  listener: OwnChecksListener,
  note: (reason: string) => void,
): OwnChecks {
  const attempt = async (inspect: ContainerInspect, signal: AbortSignal): Promise<boolean> => {
    try {
      const ready =
        probe.kind === 'log'
          ? await awaitLogLine(ports.engine, inspect, probe, signal)
          : await probeFromOutside(ports, await lender(ports.engine, inspect, signal), { probe, note }, signal);
      if (ready) listener.verdict('healthy', startTime(inspect));
      return false;
    } catch (error) {
      if (!signal.aborted && isConnectionFault(error)) return true;
      // The container is gone or about to be: who waits hears of that from the engine.
      if (isEngineError(error, 'not-found')) return false;
      throw error;
    }
  };
  return createCheckRounds(ports.signal, listener, (inspect) => (signal) => attempt(inspect, signal));
}

/** The container in whose network a container is, as its addresses and published ports are those of that one: mostly itself. */
async function lender(engine: Engine, inspect: ContainerInspect, signal: AbortSignal): Promise<ContainerInspect> {
  const [kind, id = ''] = (inspect.HostConfig.NetworkMode ?? '').split(':', 2);
  return kind === 'container' ? engine.containers.inspect(id, { signal }) : inspect;
}
