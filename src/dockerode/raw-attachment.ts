import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Attachment, CallOptions } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { transportError } from './answer-error.ts';
import { demux, rawOutput } from './demux.ts';
import type { EngineConnection } from './engine-connection.ts';

/**
 * A hijacked connection as an attachment. Once a connection is hijacked, the abort signal of its request has no effect any more, so
 * the socket is destroyed here.
 */
export function rawAttachment(
  connection: EngineConnection,
  socket: Duplex,
  terminal: boolean,
  call: CallOptions | undefined,
): Attachment {
  const signal = call?.signal;
  let closed = false;
  const abort = (): void => void socket.destroy();
  const close = (): void => {
    closed = true;
    socket.destroy();
  };
  signal?.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal?.removeEventListener('abort', abort));
  connection.track(socket, close);
  if (signal?.aborted === true) abort();
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* connection.bytes(socket, call);
    } catch (error) {
      if (!closed) throw error;
    }
    if (signal?.aborted === true && !closed) throw transportError(signal.reason, connection.endpoint, signal);
  }
  return {
    output: terminal ? rawOutput(bytes()) : demux(bytes()),
    write: (data) => write(socket, data, connection.endpoint),
    end: async () => {
      if (!socket.writable) return;
      socket.end();
      await once(socket, 'finish').catch(() => undefined);
    },
    close,
  };
}

/** Resolves when the data has been handed on, so that a fast writer waits for a slow reader. */
function write(socket: Duplex, data: Uint8Array, endpoint: string): Promise<void> {
  if (!socket.writable) return Promise.reject(new EngineError('connection-lost', 'the input of the process is closed'));
  return new Promise((resolve, reject) => {
    socket.write(data, (error) => (error ? reject(transportError(error, endpoint, undefined)) : resolve()));
  });
}
