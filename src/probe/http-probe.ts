import { request } from 'node:http';
import type { CallOptions } from '../engine/engine.ts';
import type { NetworkAddress, ProbeAnswer } from '../engine/prober.ts';
import { addressText, attemptMilliseconds, probeFailure, probeTimeout } from './probe-failure.ts';

/** See `Prober.http`. Rejects only with the reason of an aborted signal. */
export function httpProbe(address: NetworkAddress, path: string, { signal }: CallOptions = {}): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const { host, port } = address;
    const asking = request({
      host,
      port,
      path,
      agent: false,
      headers: { connection: 'close', host: addressText(address) },
    });
    const onAbort = (): void => end(() => reject(signal?.reason as Error));
    const end = (settle: () => void): void => {
      clearTimeout(patience);
      signal?.removeEventListener('abort', onAbort);
      asking.destroy();
      settle();
    };
    const answer = (value: ProbeAnswer): void => end(() => resolve(value));
    const patience = setTimeout(() => answer(probeTimeout(address)), attemptMilliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
    asking.once('response', ({ statusCode = 0 }) => answer({ kind: 'answered', status: statusCode }));
    asking.on('error', (error) => answer(probeFailure(address, error)));
    asking.end();
  });
}
