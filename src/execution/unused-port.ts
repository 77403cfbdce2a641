import type { ProbeAnswer, Prober } from '../engine/prober.ts';

/** The ports of the discard protocol (RFC 863) and of tcpmux (RFC 1078): no container serves both. */
const unusedPort = 9;
const otherUnusedPort = 1;

/**
 * What comes of a port of a host that nobody listens on: a machine that is there refuses, elsewhere there is silence. Where two of
 * them answer, something in between (a transparent proxy) takes every connection, and that a port answers says nothing.
 */
export async function probeUnusedPort(prober: Prober, host: string, signal: AbortSignal): Promise<ProbeAnswer> {
  const answer = await prober.tcp({ host, port: unusedPort }, { signal });
  return answer.kind === 'answered' ? prober.tcp({ host, port: otherUnusedPort }, { signal }) : answer;
}
