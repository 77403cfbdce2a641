import type { Duplex } from 'node:stream';
import { AnswerReader, type ShortAnswer } from './answer-reader.ts';
import { defaultIdleMilliseconds, type OpenConnection } from './open-connection.ts';

/** A call whose answer is read as a whole. */
export interface ShortCall {
  readonly method: string;
  /** With version and query, percent-encoded. */
  readonly target: string;
  /** JSON text. */
  readonly body?: string;
}

/** What sockets have beside a stream; the connection of a child process has it too. */
interface Referable {
  ref(): unknown;
  unref(): unknown;
}

/**
 * Short calls to one engine over a pool of plain connections, one call at a time on each. Node's HTTP client costs a command that
 * asks an engine three questions more than all the rest of it, so it is kept for answers that are streams.
 */
export class ShortCalls {
  readonly #open: OpenConnection;
  readonly #idleMilliseconds: number;
  /** Connections without a call, the latest last, and how to take each out of the pool. */
  readonly #idle = new Map<Duplex, () => void>();
  readonly #connections = new Set<Duplex>();

  constructor(open: OpenConnection, idleMilliseconds: number = defaultIdleMilliseconds) {
    this.#open = open;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** Resolves with any answer, a refusal too. Rejects with what broke the connection, or with the signal's reason. */
  send(call: ShortCall, signal: AbortSignal | undefined): Promise<ShortAnswer> {
    const request = requestText(call);
    const connection = this.#takeIdle() ?? this.#openConnection();
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader(call.method);
      const leave = (): void => {
        connection.off('data', take).off('end', end).off('close', end).off('error', fail);
        signal?.removeEventListener('abort', abort);
      };
      const succeed = (): void => {
        leave();
        if (reader.leavesConnection) this.#keep(connection);
        else connection.destroy();
        resolve(reader.answer());
      };
      const fail = (error: unknown): void => {
        leave();
        connection.destroy();
        reject(error instanceof Error ? error : new Error('the call was broken off', { cause: error }));
      };
      const take = (bytes: Uint8Array): void => {
        try {
          if (reader.take(bytes)) succeed();
        } catch (error) {
          fail(error);
        }
      };
      const end = (): void => {
        if (reader.takeEnd()) succeed();
        else fail(new Error('the engine hung up'));
      };
      const abort = (): void => fail(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      connection.on('data', take).on('end', end).on('close', end).on('error', fail);
      connection.write(request);
    });
  }

  /** Ends the connections that wait for a call. */
  dropIdle(): void {
    for (const connection of [...this.#idle.keys()]) connection.destroy();
  }

  /** Ends all connections; calls under way reject. */
  destroy(): void {
    for (const connection of [...this.#connections]) connection.destroy();
  }

  #openConnection(): Duplex {
    const connection = this.#open();
    this.#connections.add(connection);
    // Whoever has a call on it hears of a fault; one that waits just goes.
    connection.on('error', () => undefined);
    connection.on('close', () => {
      this.#connections.delete(connection);
      this.#idle.get(connection)?.();
    });
    return connection;
  }

  #takeIdle(): Duplex | undefined {
    const connection = [...this.#idle.keys()].findLast(({ destroyed }) => !destroyed);
    if (connection === undefined) return undefined;
    this.#idle.get(connection)?.();
    if (isReferable(connection)) connection.ref();
    return connection;
  }

  /** Keeps a connection for the next call; meanwhile it does not keep the process alive. */
  #keep(connection: Duplex): void {
    const drop = (): void => void connection.destroy();
    const timer = setTimeout(drop, this.#idleMilliseconds);
    timer.unref();
    // What comes without a call is the end, or nothing that anybody could read.
    connection.on('data', drop).on('end', drop);
    if (isReferable(connection)) connection.unref();
    this.#idle.set(connection, () => {
      clearTimeout(timer);
      connection.off('data', drop).off('end', drop);
      this.#idle.delete(connection);
    });
  }
}

function isReferable(connection: Duplex): connection is Duplex & Referable {
  return 'ref' in connection && 'unref' in connection;
}

function requestText({ method, target, body }: ShortCall): string {
  if (!/^\/[!-~]*$/.test(target)) throw new TypeError(`${target} is no path of a request`);
  const head = `${method} ${target} HTTP/1.1\r\nHost: localhost\r\n`;
  if (body !== undefined) {
    return `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }
  return method === 'POST' ? `${head}Content-Length: 0\r\n\r\n` : `${head}\r\n`;
}
