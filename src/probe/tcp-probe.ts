import { connect } from 'node:net';
import type { NetworkAddress, ProbeAnswer, TcpProbeOptions } from '../engine/prober.ts';
import { addressText, attemptMilliseconds, probeFailure, probeTimeout } from './probe-failure.ts';

/**
 * See `Prober.tcp`: a proxy whose other side refuses drops a connection well within `holdMilliseconds`. Rejects only with the reason
 * of an aborted signal.
 */
export function tcpProbe(
  address: NetworkAddress,
  holdMilliseconds: number,
  { signal, direct = false }: TcpProbeOptions = {},
): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const socket = connect(address.port, address.host);
    let hold: NodeJS.Timeout | undefined;
    const onAbort = (): void => end(() => reject(signal?.reason as Error));
    const end = (settle: () => void): void => {
      clearTimeout(patience);
      clearTimeout(hold);
      signal?.removeEventListener('abort', onAbort);
      socket.destroy();
      settle();
    };
    const answer = (value: ProbeAnswer): void => end(() => resolve(value));
    const patience = setTimeout(() => answer(probeTimeout(address)), attemptMilliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
    const dropped = (): void =>
      answer({ kind: 'refused', reason: `${addressText(address)}: the connection is dropped at once` });
    socket.once('connect', () => {
      if (direct) answer({ kind: 'answered' });
      else hold = setTimeout(() => answer({ kind: 'answered' }), holdMilliseconds);
    });
    socket.once('data', () => answer({ kind: 'answered' }));
    socket.once('end', dropped);
    socket.on('error', (error) => answer(probeFailure(address, error)));
  });
}
