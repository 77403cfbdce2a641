import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Duplex, type Readable } from 'node:stream';
import { errorMessage } from '../diagnostics/thrown.ts';
import type { CallOptions, EngineDescription } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/engine-error.ts';
import { answerError, transportError } from './answer-error.ts';
import type { EndpointAgent } from './endpoint-agent.ts';
import { type EngineRequest, requestTarget } from './engine-request.ts';
import type { DialRequest } from './modem.ts';
import type { OpenConnection } from './open-connection.ts';
import type { ShortCalls } from './short-calls.ts';

/** Who is at the other end of a connection, and how to reach it. */
export interface EngineConnectionOptions {
  readonly open: OpenConnection;
  readonly shortCalls: ShortCalls;
  /** How long an idle connection is kept, in milliseconds. */
  readonly idleMilliseconds?: number | undefined;
  /** The endpoint as text, for messages. */
  readonly endpoint: string;
  /** The API version to speak. */
  readonly apiVersion: string;
  readonly product: EngineDescription['product'];
}

/** What calls with streams go over, loaded when the first of them is made. */
interface StreamingClient {
  readonly agent: EndpointAgent;
  readonly dial: (request: DialRequest, signal: AbortSignal | undefined) => Promise<unknown>;
}

/**
 * Calls to one engine: short ones over plain connections, those with streams through dockerode's `dial`. Its methods for single
 * endpoints leave a caller waiting for ever when the connection is lost in the middle of an answer, and several drop the abort
 * signal or the query.
 */
export class EngineConnection {
  readonly endpoint: string;
  readonly apiVersion: string;
  readonly product: EngineDescription['product'];
  readonly #options: EngineConnectionOptions;
  #streaming: Promise<StreamingClient> | undefined;
  /** Destroys a stream that is open. */
  readonly #open = new Set<() => void>();
  #closed = false;

  constructor(options: EngineConnectionOptions) {
    this.endpoint = options.endpoint;
    this.apiVersion = options.apiVersion;
    this.product = options.product;
    this.#options = options;
  }

  /** The JSON the engine answers; undefined if it answers nothing. A read whose connection was lost is tried once more. */
  async json<Answer>(request: EngineRequest, call: CallOptions | undefined): Promise<Answer> {
    const text = await this.#retried(request, () => this.#text(request, call));
    try {
      // The shape of an answer is the engine's promise; nothing at run time proves it.
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    } catch (cause) {
      throw new EngineError('server', `the engine's answer to ${request.path} is not JSON`, { cause });
    }
  }

  /** A call whose answer says nothing. A status such as 304, "already so", counts as success. */
  async command(request: EngineRequest, call: CallOptions | undefined): Promise<void> {
    await this.#text(request, call);
  }

  /** Opens a streamed answer. It resolves with the headers; a refusal rejects. A read is tried once more as in {@link json}. */
  async stream(request: EngineRequest, call: CallOptions | undefined): Promise<IncomingMessage> {
    const answer = await this.#retried(request, () => this.#send(request, call));
    const { statusCode = 0 } = answer;
    if (statusCode >= 400) throw answerError(statusCode, await this.#body(answer, call));
    this.track(answer, () => answer.destroy());
    return answer;
  }

  /** Opens a raw two-way stream after a POST with a body (`101 Switching Protocols`). */
  async hijack(request: EngineRequest, stdin: boolean, call: CallOptions | undefined): Promise<Duplex> {
    const answer = await this.#dial({ ...request, hijack: true, openStdin: stdin }, call);
    if (answer instanceof Duplex) return answer;
    throw new EngineError('unsupported', `the engine at ${this.endpoint} does not open raw streams`);
  }

  /** The bytes of an open stream; a loss or an abort throws as an EngineError. Destroys the stream when the reader leaves. */
  async *bytes(stream: Readable, call: CallOptions | undefined): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const piece of stream) yield piece as Uint8Array;
    } catch (error) {
      throw transportError(error, this.endpoint, call?.signal);
    } finally {
      stream.destroy();
    }
  }

  /** Keeps a stream until it closes, to be destroyed by {@link close} if it is still open then. */
  track(stream: Readable, destroy: () => void): void {
    // Whoever reads the stream gets its error; until then it must not end the process.
    stream.on('error', () => undefined);
    this.#open.add(destroy);
    stream.once('close', () => this.#open.delete(destroy));
  }

  /** Node's pool of connections, for requests of a caller's own. */
  async agent(): Promise<EndpointAgent> {
    const { agent } = await this.#streamingClient();
    return agent;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const destroy of [...this.#open]) destroy();
    this.#options.shortCalls.destroy();
    const streaming = await this.#streaming;
    streaming?.agent.destroy();
  }

  /** Connections that were idle when one was lost are likely to be lost too: the second attempt takes a new one. */
  async #retried<Answer>({ method }: EngineRequest, attempt: () => Promise<Answer>): Promise<Answer> {
    try {
      return await attempt();
    } catch (error) {
      if (method !== 'GET' || !isEngineError(error, 'connection-lost') || this.#closed) throw error;
      this.#options.shortCalls.dropIdle();
      const streaming = await this.#streaming;
      streaming?.agent.dropIdle();
      return attempt();
    }
  }

  async #text(request: EngineRequest, call: CallOptions | undefined): Promise<string> {
    const { statusCode, body } = isShort(request)
      ? await this.#sendShort(request, call)
      : await this.#sendLong(request, call);
    if (statusCode >= 400) throw answerError(statusCode, body);
    return body;
  }

  async #sendShort(request: EngineRequest, call: CallOptions | undefined): Promise<WholeAnswer> {
    const signal = this.#ready(call);
    const { method, body } = request;
    const target = requestTarget(request, this.apiVersion);
    try {
      return await this.#options.shortCalls.send(
        { method, target, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
        signal,
      );
    } catch (error) {
      throw transportError(error, this.endpoint, signal);
    }
  }

  async #sendLong(request: EngineRequest, call: CallOptions | undefined): Promise<WholeAnswer> {
    const answer = await this.#send(request, call);
    return { statusCode: answer.statusCode ?? 0, body: await this.#body(answer, call) };
  }

  async #body(answer: IncomingMessage, call: CallOptions | undefined): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.bytes(answer, call)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  async #send(request: EngineRequest, call: CallOptions | undefined): Promise<IncomingMessage> {
    const answer = await this.#dial(request, call);
    // Without a hijack dial gives the response itself.
    return answer as IncomingMessage;
  }

  async #dial(request: DialRequest, call: CallOptions | undefined): Promise<unknown> {
    const signal = this.#ready(call);
    const { dial } = await this.#streamingClient();
    try {
      return await dial(request, signal);
    } catch (error) {
      throw refusalOf(error) ?? transportError(error, this.endpoint, signal);
    }
  }

  /** The signal of a call that may begin; throws if it may not. */
  #ready(call: CallOptions | undefined): AbortSignal | undefined {
    const signal = call?.signal;
    if (this.#closed) throw new EngineError('connection-lost', `the connection to ${this.endpoint} was closed`);
    if (signal?.aborted === true) throw transportError(signal.reason, this.endpoint, signal);
    // One signal guards many calls at once, which is no leak.
    if (signal !== undefined) setMaxListeners(0, signal);
    return signal;
  }

  #streamingClient(): Promise<StreamingClient> {
    this.#streaming ??= openStreamingClient(this.#options);
    return this.#streaming;
  }
}

async function openStreamingClient(options: EngineConnectionOptions): Promise<StreamingClient> {
  const [{ EndpointAgent }, { openModem }] = await Promise.all([import('./endpoint-agent.ts'), import('./modem.ts')]);
  const agent = new EndpointAgent(options.open, options.idleMilliseconds);
  return { agent, dial: openModem(agent, options.apiVersion) };
}

/** An answer that was read to its end. */
interface WholeAnswer {
  readonly statusCode: number;
  readonly body: string;
}

/** Whether a request is no more than a line and JSON. */
function isShort({ tar, credentials, logins }: EngineRequest): boolean {
  return tar === undefined && credentials === undefined && logins === undefined;
}

/** A refused hijack, which dial words itself: `(HTTP code 409) unexpected - the engine's sentence `. */
function refusalOf(error: unknown): EngineError | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  if (typeof error.statusCode !== 'number') return undefined;
  return answerError(error.statusCode, errorMessage(error).replace(/^\(HTTP code \d+\) \w+ - /, ''));
}
