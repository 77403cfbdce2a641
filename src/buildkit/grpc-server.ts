import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { errorMessage } from '../diagnostics/thrown.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { frameMessage, readMessages } from './grpc-frames.ts';

/** So much may be on its way to us; HTTP/2 begins with 64 KiB, for which a builder that sends layers would wait all the time. */
const windowBytes = 4 * 1024 * 1024;

/** One call that the other side made. */
export interface GrpcCall {
  /** What it sends, message by message. */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Every value of a metadata key. */
  readonly metadata: (key: string) => readonly string[];
  /** Sends one message; resolves when more may be sent. Rejects if the other side has gone. */
  readonly send: (...parts: readonly Uint8Array[]) => Promise<void>;
  /** Sends many small messages at once, which costs as much as one. */
  readonly sendAll: (messages: readonly Uint8Array[]) => Promise<void>;
  /** Ends when the call is over, whatever the reason. */
  readonly signal: AbortSignal;
}

/** Serves one method; the call ends well when it returns, and with the status of a thrown {@link GrpcError}. */
export type GrpcMethod = (call: GrpcCall) => Promise<void>;

/** A method that answers one message with one. */
export function unaryMethod(answer: (request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>): GrpcMethod {
  return async (call) => {
    for await (const message of call.messages) {
      await call.send(await answer(message, call.signal));
      return;
    }
    throw new GrpcError(grpcStatus.internal, 'the call has no message');
  };
}

/** A connection over which the other side calls us. */
export interface GrpcServer {
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/** Answers gRPC calls over a connection that has been upgraded to HTTP/2, by path. Whatever is not there is unimplemented. */
export function serveGrpc(
  socket: Duplex,
  methods: ReadonlyMap<string, GrpcMethod>,
  onFault: (error: unknown) => void,
): GrpcServer {
  const session = performServerHandshake(socket, { settings: { initialWindowSize: windowBytes } });
  session.setLocalWindowSize(windowBytes);
  session.on('error', onFault);
  session.on(
    'stream',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, ...rest: readonly unknown[]) => {
      // The types say nothing of the fourth argument, which has repeated headers one by one.
      serveCall(stream, headers, rest[0] as readonly string[], methods, onFault).catch(onFault);
    },
  );
  return {
    ended: new Promise((resolve) => session.once('close', () => resolve())),
    close: () => {
      // Node hands the bytes that came with the upgrade to the session a tick after it was made, and breaks if it is gone by then.
      setImmediate(() => {
        session.destroy();
        socket.destroy();
      });
    },
  };
}

async function serveCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
  methods: ReadonlyMap<string, GrpcMethod>,
  onFault: (error: unknown) => void,
): Promise<void> {
  const ended = new AbortController();
  let status: GrpcError = new GrpcError(grpcStatus.ok, '');
  stream.on('error', () => ended.abort());
  stream.on('close', () => ended.abort());
  stream.on('wantTrailers', () => stream.sendTrailers(trailers(status)));
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  const path = headers[':path'] ?? '';
  const method = methods.get(path);
  try {
    if (method === undefined) throw new GrpcError(grpcStatus.unimplemented, `unknown method ${path}`);
    await method(callOf(stream, rawHeaders, ended.signal));
  } catch (error) {
    if (ended.signal.aborted) return;
    status = error instanceof GrpcError ? error : new GrpcError(grpcStatus.unknown, textOf(error));
    if (!(error instanceof GrpcError)) onFault(error);
  }
  if (!stream.destroyed) stream.end();
  // What the other side still sends is of no interest.
  stream.resume();
}

function callOf(stream: ServerHttp2Stream, rawHeaders: readonly string[], signal: AbortSignal): GrpcCall {
  return {
    // The answer goes out over the same stream, so a reader who has enough must not destroy it.
    messages: readMessages(stream.iterator({ destroyOnReturn: false })),
    metadata: (key) => rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1] === key),
    send: (...parts) => send(stream, frameMessage(...parts), signal),
    sendAll: (messages) => send(stream, Buffer.concat(messages.map((each) => frameMessage(each))), signal),
    signal,
  };
}

async function send(stream: ServerHttp2Stream, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  if (signal.aborted || !stream.writable) throw new GrpcError(grpcStatus.canceled, 'the call is over');
  if (stream.write(bytes)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      stream.off('drain', settle);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(new GrpcError(grpcStatus.canceled, 'the call is over'));
      else resolve();
    };
    stream.on('drain', settle);
    signal.addEventListener('abort', settle, { once: true });
  });
}

function trailers({ code, message }: GrpcError): Readonly<Record<string, string>> {
  return {
    'grpc-status': String(code),
    ...(message === '' ? {} : { 'grpc-message': encodeURIComponent(message).replaceAll('%20', ' ') }),
  };
}

function textOf(error: unknown): string {
  return errorMessage(error);
}
