import type { CallOptions } from './engine.ts';

/** Where something may answer. */
export interface NetworkAddress {
  /** Name or IP address, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** What came of one attempt to reach an address from outside the container. */
export type ProbeAnswer =
  /** It answered; `status` is that of an HTTP answer. */
  | { readonly kind: 'answered'; readonly status?: number }
  /** Somebody is there and does not take the connection, or breaks it off. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody is known to be there: no route, or no answer in time. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** How a connection is tried. */
export interface TcpProbeOptions extends CallOptions {
  /** Nobody is in between, so that whoever takes the connection is the container. */
  readonly direct?: boolean;
}

/** Reaches containers from outside, over the network, for images that have no tools to check themselves. */
export interface Prober {
  /** Hosts under which ports that the engine publishes on all its addresses answer here, likeliest first. */
  readonly publishedHosts: readonly string[];
  /** Connects, and holds the connection for a moment: a proxy takes every connection and drops those that nobody takes behind it. */
  tcp(address: NetworkAddress, call?: TcpProbeOptions): Promise<ProbeAnswer>;
  /** Sends one `GET`; follows no redirect and reads no body. */
  http(address: NetworkAddress, path: string, call?: CallOptions): Promise<ProbeAnswer>;
}

/** Makes the prober when one is needed for the first time: most projects are not probed. */
export type OpenProber = () => Promise<Prober>;
