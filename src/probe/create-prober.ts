import type { Prober } from '../engine/prober.ts';
import { httpProbe } from './http-probe.ts';
import { tcpProbe } from './tcp-probe.ts';

/**
 * Makes a prober that uses this process's own network. `holdMilliseconds`: for how long a connection has to last to count, because
 * proxies take it before they know whether anybody is behind them.
 */
export function createProber(publishedHosts: readonly string[], holdMilliseconds: number): Prober {
  return {
    publishedHosts,
    tcp: (address, call) => tcpProbe(address, holdMilliseconds, call),
    http: httpProbe,
  };
}
