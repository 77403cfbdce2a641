import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { NetworkAddress, OpenProber, Prober } from '../engine/prober.ts';
import { containerAddresses } from '../state/container-addresses.ts';
import { createCheckRounds, type OwnChecks, type OwnChecksListener } from './check-rounds.ts';
import { startTime } from './container-sight.ts';

/** Milliseconds between two attempts. */
const pause = 50;

/**
 * Tells when a published port of a container without any check is served for the first time: then nobody needs to watch any longer
 * whether its process stays. A container that never answers is not thought worse of.
 */
export function createFirstAnswer(
  ports: { readonly clock: Clock; readonly prober: OpenProber | undefined; readonly signal: AbortSignal },
  listener: OwnChecksListener,
): OwnChecks {
  const { clock, prober: open } = ports;
  return createCheckRounds(ports.signal, listener, (inspect) => {
    const port = publishedPort(inspect);
    if (port === undefined || open === undefined) return undefined;
    return async (signal) => {
      const prober = await open();
      while (!(await answers(prober, inspect, port, signal))) await clock.sleep(pause, signal);
      signal.throwIfAborted();
      listener.verdict('healthy', startTime(inspect));
      return false;
    };
  });
}

function publishedPort({ NetworkSettings: { Ports: ports = {} } }: ContainerInspect): number | undefined {
  const found = Object.entries(ports).find(([port, bindings]) => port.endsWith('/tcp') && (bindings ?? []).length > 0);
  return found === undefined ? undefined : Number.parseInt(found[0], 10);
}

/** On an engine of this machine the container's own address tells sooner: no proxy takes the connection before it does. */
async function answers(prober: Prober, inspect: ContainerInspect, port: number, signal: AbortSignal): Promise<boolean> {
  const { publishedHosts } = prober;
  const { published, direct } = containerAddresses(inspect, port, publishedHosts);
  const own = publishedHosts[0] === '127.0.0.1' ? direct : [];
  const attempt = async (address: NetworkAddress, isDirect: boolean): Promise<void> => {
    const answer = await prober.tcp(address, { signal, direct: isDirect });
    if (answer.kind !== 'answered') throw new Error(answer.reason);
  };
  const attempts = [
    ...published.map((address) => attempt(address, false)),
    ...own.map((address) => attempt(address, true)),
  ];
  return Promise.any(attempts).then(
    () => true,
    () => false,
  );
}
