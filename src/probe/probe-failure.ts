import type { NetworkAddress, ProbeAnswer } from '../engine/prober.ts';

/** One attempt may take so many milliseconds. */
export const attemptMilliseconds = 2000;

/** What the operating system says where nobody is known to listen. */
const nobodyThere: ReadonlySet<string> = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EINVAL',
]);

/** The answer for an attempt that ended with an error. */
export function probeFailure(address: NetworkAddress, error: NodeJS.ErrnoException): ProbeAnswer {
  const code = error.code ?? '';
  const reason = `${addressText(address)}: ${words.get(code) ?? error.message}`;
  return { kind: nobodyThere.has(code) ? 'unreachable' : 'refused', reason };
}

/** The answer for an attempt that took too long. */
export function probeTimeout(address: NetworkAddress): ProbeAnswer {
  return { kind: 'unreachable', reason: `${addressText(address)}: no answer within ${attemptMilliseconds / 1000}s` };
}

/** `HOST:PORT`, with brackets around an IPv6 address. */
export function addressText({ host, port }: NetworkAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const words: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'the connection was broken off'],
  ['EPIPE', 'the connection was broken off'],
  ['EHOSTUNREACH', 'no route to the host'],
  ['ENETUNREACH', 'no route to the network'],
  ['ENOTFOUND', 'the host is not known'],
]);
