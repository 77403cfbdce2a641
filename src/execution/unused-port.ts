import type { ProbeAnswer, Prober } from '../engine/prober.ts';

/** The port of the discard protocol (RFC 863), which containers do not serve. */
const unusedPort = 9;

/**
 * What comes of a port of a host that nobody listens on: a machine that is there refuses, elsewhere there is silence. Where it
 * answers, something in between (a transparent proxy) takes every connection, and that a port answers says nothing.
 */
export function probeUnusedPort(prober: Prober, host: string, signal: AbortSignal): Promise<ProbeAnswer> {
  return prober.tcp({ host, port: unusedPort }, { signal });
}
