import { isTopsailError } from '../diagnostics/topsail-error.ts';
import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { OpenProber } from '../engine/prober.ts';
import { createCheckRounds, type OwnChecks, type OwnChecksListener } from './check-rounds.ts';
import { startTime } from './container-sight.ts';
import { probeFromOutside } from './network-probe.ts';

/**
 * Tells when a published port of a container without any check is served for the first time: then nobody needs to watch any longer
 * whether its process stays. A container that never answers is not thought worse of.
 */
export function createFirstAnswer(
  ports: { readonly clock: Clock; readonly prober: OpenProber | undefined; readonly signal: AbortSignal },
  listener: OwnChecksListener,
): OwnChecks {
  return createCheckRounds(ports.signal, listener, (inspect) => {
    const port = publishedPort(inspect);
    if (port === undefined || ports.prober === undefined) return undefined;
    const probe = { kind: 'tcp', port } as const;
    return async (signal) => {
      try {
        if (await probeFromOutside(ports, inspect, { probe, note: () => undefined }, signal))
          listener.verdict('healthy', startTime(inspect));
      } catch (error) {
        if (!isTopsailError(error)) throw error;
      }
      return false;
    };
  });
}

function publishedPort({ NetworkSettings: { Ports: ports = {} } }: ContainerInspect): number | undefined {
  const found = Object.entries(ports).find(([port, bindings]) => port.endsWith('/tcp') && (bindings ?? []).length > 0);
  return found === undefined ? undefined : Number.parseInt(found[0], 10);
}
