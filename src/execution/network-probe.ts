import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { NetworkAddress, OpenProber, ProbeAnswer, Prober, TcpProbeOptions } from '../engine/prober.ts';
import { containerAddresses } from '../state/container-addresses.ts';
import type { ReadyProbe } from '../state/ready-probe.ts';
import { notReachable } from './container-failures.ts';
import { nextProbeDelay } from './probe-pace.ts';
import { probeUnusedPort } from './unused-port.ts';

/** Probes from outside go on at least once in so many milliseconds. */
const slowestPace = 5000;

/** Where nothing but silence is heard for so many milliseconds, a container cannot be reached from here. */
const silence = 15_000;

/**
 * Probes a port of a running container until it answers as wanted; resolves to true then. Throws `not-reachable` if its port is not
 * published and its own addresses are out of reach from here.
 */
export async function probeFromOutside(
  { clock, prober: open }: { readonly clock: Clock; readonly prober: OpenProber | undefined },
  inspect: ContainerInspect,
  { probe, note }: { readonly probe: Exclude<ReadyProbe, { kind: 'log' }>; readonly note: (reason: string) => void },
  signal: AbortSignal,
): Promise<boolean> {
  if (open === undefined) throw new TypeError('a service is probed from outside, and no prober was given');
  const prober = await open();
  const { published, direct } = containerAddresses(inspect, probe.port, prober.publishedHosts);
  const addresses = published.length > 0 ? published : direct;
  const begun = clock.now();
  for (let probes = 1; ; probes += 1) {
    const startedAt = clock.now();
    const answers = await Promise.all(
      addresses.map((address) => ask(prober, probe, address, { signal, direct: published.length === 0 })),
    );
    signal.throwIfAborted();
    const failures = answers.flatMap((answer) => failureOf(answer, probe));
    if (failures.length < answers.length) {
      if (published.length === 0) await requireDirect(prober, inspect, probe.port, signal);
      return true;
    }
    const age = clock.now() - begun;
    const silent = answers.every(({ kind }) => kind === 'unreachable');
    if (addresses.length === 0 || (silent && published.length === 0 && age >= silence))
      throw notReachable({ details: failures }, nameOf(inspect), probe.port);
    note(failures.join('; '));
    const pace = { probes, duration: clock.now() - startedAt, age, interval: slowestPace };
    await clock.sleep(nextProbeDelay(pace), signal);
  }
}

/** Throws `not-reachable` if it was not the container that answered. */
async function requireDirect(
  prober: Prober,
  inspect: ContainerInspect,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const hosts = containerAddresses(inspect, port, []).direct.map(({ host }) => host);
  const answers = await Promise.all(hosts.map((host) => probeUnusedPort(prober, host, signal)));
  signal.throwIfAborted();
  if (answers.some(({ kind }) => kind !== 'answered')) return;
  const details = hosts.map((host) => `connections to ${host} are taken on every port: something in between answers`);
  throw notReachable({ details }, nameOf(inspect), port);
}

function nameOf({ Name: name }: ContainerInspect): string {
  return name.replace(/^\//, '');
}

function ask(
  prober: Prober,
  probe: Exclude<ReadyProbe, { kind: 'log' }>,
  address: NetworkAddress,
  call: TcpProbeOptions,
): Promise<ProbeAnswer> {
  return probe.kind === 'tcp' ? prober.tcp(address, call) : prober.http(address, probe.path, call);
}

/** Why an answer is not the wanted one; nothing if it is. */
function failureOf(answer: ProbeAnswer, probe: Exclude<ReadyProbe, { kind: 'log' }>): readonly string[] {
  if (answer.kind !== 'answered') return [answer.reason];
  if (probe.kind === 'tcp' || answer.status === undefined) return [];
  const fits = probe.status === undefined ? answer.status < 400 : answer.status === probe.status;
  return fits ? [] : [`GET ${probe.path} answered ${answer.status}`];
}
