import type { Prober } from '../engine/prober.ts';
import { httpProbe } from './http-probe.ts';
import { tcpProbe } from './tcp-probe.ts';

/** Makes a prober that uses this process's own network. */
export function createProber(publishedHosts: readonly string[]): Prober {
  return { publishedHosts, tcp: tcpProbe, http: httpProbe };
}
