import { connect as connectSocket, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { unreachable } from '../diagnostics/unreachable.ts';
import type { EngineEndpoint, TlsMaterial } from '../engine/endpoint.ts';

/** Opens one more connection to an engine. */
export type OpenConnection = () => Duplex;

/** Idle connections live this many milliseconds: below the ten seconds of Podman, so that no call is sent into a closing one. */
export const defaultIdleMilliseconds = 5000;

/** How to connect to an endpoint; `undefined` for one that needs a child process. */
export async function connectionOpener(endpoint: EngineEndpoint): Promise<OpenConnection | undefined> {
  switch (endpoint.kind) {
    case 'unix':
    case 'npipe':
      return () => connectSocket({ path: endpoint.path });
    case 'tcp':
      return endpoint.tls === undefined ? () => openTcp(endpoint) : tlsOpener(endpoint, endpoint.tls);
    case 'ssh':
      return undefined;
    default:
      return unreachable(endpoint);
  }
}

type TcpEndpoint = EngineEndpoint & { readonly kind: 'tcp' };

function openTcp({ host, port }: TcpEndpoint): Duplex {
  return connectSocket({ host, port, noDelay: true, keepAlive: true });
}

/** TLS is loaded for those who use it: it costs a short command a tenth of its time. */
async function tlsOpener({ host, port }: TcpEndpoint, { verify, ...material }: TlsMaterial): Promise<OpenConnection> {
  const { connect } = await import('node:tls');
  const name = isIP(host) === 0 ? { servername: host } : {};
  return () => {
    const socket = connect({ host, port, ...name, ...material, rejectUnauthorized: verify });
    socket.setNoDelay(true);
    socket.setKeepAlive(true);
    return socket;
  };
}
