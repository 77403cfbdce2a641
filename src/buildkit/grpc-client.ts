import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import { errorMessage } from '../diagnostics/thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { frameMessage, readMessages } from './grpc-frames.ts';

/** What goes along with a call, by lower-case names. */
export type GrpcMetadata = Readonly<Record<string, string>>;

/**
 * Calls to one gRPC server over one connection. Every call rejects with a {@link GrpcError}, an EngineError `connection-lost`, or the
 * signal's reason when aborted.
 */
export interface GrpcClient {
  /** One message there, one back. */
  readonly unary: (path: string, body: Uint8Array, signal: AbortSignal, metadata?: GrpcMetadata) => Promise<Uint8Array>;
  /** One message there, many back. */
  readonly serverStream: (
    path: string,
    body: Uint8Array,
    signal: AbortSignal,
    metadata?: GrpcMetadata,
  ) => AsyncIterable<Uint8Array>;
  /** Ends the connection at once. */
  readonly close: () => void;
}

/** Speaks gRPC over a connection that has been upgraded to HTTP/2. */
export function createGrpcClient(socket: Duplex): GrpcClient {
  const session = connect('http://engine', { createConnection: () => socket });
  let fault: Error | undefined;
  session.on('error', (error: Error) => {
    fault = error;
  });
  const serverStream: GrpcClient['serverStream'] = (path, body, signal, metadata = {}) =>
    receive(session, { path, body, metadata }, signal, () => fault);
  return {
    serverStream,
    unary: async (path, body, signal, metadata) => {
      let answer: Uint8Array | undefined;
      for await (const message of serverStream(path, body, signal, metadata)) answer = message;
      if (answer === undefined) throw new GrpcError(grpcStatus.internal, `${path} gave no answer`);
      return answer;
    },
    close: () => {
      // Node hands the bytes that came with the upgrade to the session a tick after it was made, and breaks if it is gone by then.
      setImmediate(() => {
        session.destroy();
        socket.destroy();
      });
    },
  };
}

async function* receive(
  session: ClientHttp2Session,
  { path, body, metadata }: { readonly path: string; readonly body: Uint8Array; readonly metadata: GrpcMetadata },
  signal: AbortSignal,
  fault: () => Error | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  signal.throwIfAborted();
  if (session.destroyed) throw lost(fault());
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...metadata,
  });
  const ended = statusOf(stream);
  const abort = (): void => void stream.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    stream.end(frameMessage(body));
    yield* readMessages(stream);
    const status = ended();
    if (status === undefined) throw lost(fault());
    if (status.code !== grpcStatus.ok) throw status;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof GrpcError || error instanceof EngineError ? error : lost(fault() ?? error);
  } finally {
    signal.removeEventListener('abort', abort);
    stream.destroy();
  }
}

/** The status of a call, from its trailers or, for one that ended at once, its headers. */
function statusOf(stream: ClientHttp2Stream): () => GrpcError | undefined {
  let status: GrpcError | undefined;
  const read = (headers: IncomingHttpHeaders): void => {
    const code = headers['grpc-status'];
    if (code === undefined) return;
    const details = headers['grpc-status-details-bin'];
    status = new GrpcError(
      Number(code),
      decodeText(String(headers['grpc-message'] ?? '')),
      typeof details === 'string' ? Buffer.from(details, 'base64') : new Uint8Array(),
    );
  };
  stream.on('response', read);
  stream.on('trailers', read);
  return () => status;
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function lost(cause: unknown): EngineError {
  const reason = cause === undefined ? '' : `: ${errorMessage(cause)}`;
  return new EngineError('connection-lost', `the connection to the builder was lost${reason}`, { cause });
}
