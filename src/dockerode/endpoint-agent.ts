import { Agent, type ClientRequest } from 'node:http';
import { connect as connectSocket, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { unreachable } from '../diagnostics/unreachable.ts';
import type { EngineEndpoint, TlsMaterial } from '../engine/endpoint.ts';

/** Opens one more connection to an engine. */
export type OpenConnection = () => Duplex;

/** Below the ten seconds after which Podman closes an idle connection, so that no call is sent into a closing one. */
const defaultIdleMilliseconds = 5000;

/** A pool of connections to one engine, whatever they run over. */
export class EndpointAgent extends Agent {
  readonly #open: OpenConnection;

  constructor(open: OpenConnection, idleMilliseconds: number = defaultIdleMilliseconds) {
    super({ keepAlive: true, timeout: idleMilliseconds, scheduling: 'lifo' });
    this.#open = open;
    // docker-modem prints every request's options to unlimited depth, even with debugging off; this keeps that short.
    Object.defineProperty(this, inspect.custom, { value: () => 'EndpointAgent' });
  }

  /** All connections go to one engine, so all are of one pool. */
  override getName(): string {
    return 'engine';
  }

  /** Without a name for TLS Node would look for one in each request. */
  addRequest(request: ClientRequest, options: object): void {
    Object.assign(options, { servername: '' });
    // The published types do not know the method that every request calls.
    const base = Object.getPrototypeOf(EndpointAgent.prototype) as {
      addRequest: typeof EndpointAgent.prototype.addRequest;
    };
    base.addRequest.call(this, request, options);
  }

  /** Ends the connections that wait for a call. */
  dropIdle(): void {
    for (const sockets of Object.values(this.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  /** Called by Node for each new connection; the request's own address is a placeholder. */
  override createConnection(): Duplex {
    return this.#open();
  }
}

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
