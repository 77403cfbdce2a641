import { Agent, type ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { defaultIdleMilliseconds, type OpenConnection } from './open-connection.ts';

/** Node's pool of connections to one engine, whatever they run over, for calls whose answers are streams. */
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
    const connection = this.#open();
    // Whoever aborts a call whose whole answer has come, and is not read yet, has Node break a connection that nobody listens to any
    // more.
    connection.on('error', () => undefined);
    return connection;
  }
}
