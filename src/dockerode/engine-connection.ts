import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Duplex, Readable } from 'node:stream';
import Docker from 'dockerode';
import { errorMessage } from '../diagnostics/thrown.ts';
import type { CallOptions, EngineDescription, RegistryCredentials } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/engine-error.ts';
import { answerError, transportError } from './answer-error.ts';
import type { EndpointAgent } from './endpoint-agent.ts';

/** A value of a query: lists are repeated, objects become JSON, undefined is left out. */
export type QueryValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, readonly string[]>>
  | undefined;

/** One request to the engine. */
export interface EngineRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Without the version, such as `/containers/json`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: object;
  /** A tar as the body of a PUT. */
  readonly tar?: AsyncIterable<Uint8Array> | Uint8Array;
  readonly credentials?: RegistryCredentials;
  /** Of several registries, by their addresses. */
  readonly logins?: ReadonlyMap<string, RegistryCredentials>;
}

/** Who is at the other end of a connection, and how to reach it. */
export interface EngineConnectionOptions {
  readonly agent: EndpointAgent;
  /** The endpoint as text, for messages. */
  readonly endpoint: string;
  /** The API version to speak. */
  readonly apiVersion: string;
  readonly product: EngineDescription['product'];
}

/** Every status counts as an answer, so that the engine's refusals are read and worded here; a refused hijack is an error of dial. */
const everyStatus: Readonly<Record<number, true>> = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true as const]),
);

/**
 * Calls to one engine through dockerode's `dial`, always as streams: its methods for single endpoints leave a caller waiting for
 * ever when the connection is lost in the middle of an answer, and several drop the abort signal or the query.
 */
export class EngineConnection {
  readonly endpoint: string;
  readonly apiVersion: string;
  readonly product: EngineDescription['product'];
  readonly agent: EndpointAgent;
  readonly #modem: Docker['modem'];
  /** Destroys a stream that is open. */
  readonly #open = new Set<() => void>();
  #closed = false;

  constructor(options: EngineConnectionOptions) {
    this.endpoint = options.endpoint;
    this.apiVersion = options.apiVersion;
    this.product = options.product;
    this.agent = options.agent;
    this.#modem = createModem(options.agent, options.apiVersion);
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

  close(): void {
    this.#closed = true;
    for (const destroy of [...this.#open]) destroy();
    this.agent.destroy();
  }

  /** Connections that were idle when one was lost are likely to be lost too: the second attempt takes a new one. */
  async #retried<Answer>({ method }: EngineRequest, attempt: () => Promise<Answer>): Promise<Answer> {
    try {
      return await attempt();
    } catch (error) {
      if (method !== 'GET' || !isEngineError(error, 'connection-lost') || this.#closed) throw error;
      this.agent.dropIdle();
      return attempt();
    }
  }

  async #text(request: EngineRequest, call: CallOptions | undefined): Promise<string> {
    const answer = await this.#send(request, call);
    const body = await this.#body(answer, call);
    const { statusCode = 0 } = answer;
    if (statusCode >= 400) throw answerError(statusCode, body);
    return body;
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

  async #dial(
    request: EngineRequest & { readonly hijack?: boolean; readonly openStdin?: boolean },
    call: CallOptions | undefined,
  ): Promise<unknown> {
    const signal = call?.signal;
    if (this.#closed) throw new EngineError('connection-lost', `the connection to ${this.endpoint} was closed`);
    if (signal?.aborted === true) throw transportError(signal.reason, this.endpoint, signal);
    // One signal guards many calls at once, which is no leak.
    if (signal !== undefined) setMaxListeners(0, signal);
    try {
      return await new Promise((resolve, reject) => {
        this.#modem.dial(dialOptions(request, signal), (error: Error | null, answer: unknown) => {
          if (error !== null) reject(error);
          else resolve(answer);
        });
      });
    } catch (error) {
      throw refusalOf(error) ?? transportError(error, this.endpoint, signal);
    }
  }
}

/** A refused hijack, which dial words itself: `(HTTP code 409) unexpected - the engine's sentence `. */
function refusalOf(error: unknown): EngineError | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  if (typeof error.statusCode !== 'number') return undefined;
  return answerError(error.statusCode, errorMessage(error).replace(/^\(HTTP code \d+\) \w+ - /, ''));
}

function dialOptions(
  request: EngineRequest & { readonly hijack?: boolean; readonly openStdin?: boolean },
  signal: AbortSignal | undefined,
): Parameters<Docker['modem']['dial']>[0] {
  const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
  return {
    // The question mark makes dial add the query.
    path: query.length === 0 ? request.path : `${request.path}?`,
    method: request.method,
    // Query and body apart: given as one, everything would appear in both.
    options: { _query: Object.fromEntries(query), _body: request.body ?? {} },
    statusCodes: request.hijack === true ? { 200: true } : everyStatus,
    isStream: true,
    // A body that was given is sent, also an empty one.
    ...(request.body === undefined ? {} : { allowEmpty: true }),
    ...(signal === undefined ? {} : { abortSignal: signal }),
    ...(request.tar === undefined ? {} : { file: tarBody(request.tar) }),
    ...(request.credentials === undefined ? {} : { authconfig: authConfig(request.credentials) }),
    ...(request.logins === undefined ? {} : { registryconfig: registryConfig(request.logins) }),
    ...(request.hijack === true ? { hijack: true, openStdin: request.openStdin ?? false, allowEmpty: true } : {}),
  };
}

function tarBody(tar: AsyncIterable<Uint8Array> | Uint8Array): Buffer | Readable {
  return tar instanceof Uint8Array ? Buffer.from(tar.buffer, tar.byteOffset, tar.byteLength) : Readable.from(tar);
}

/** Encoded here: dockerode's own base64 has not the letters of URLs, which the engine wants. */
function registryConfig(logins: ReadonlyMap<string, RegistryCredentials>): { readonly base64: string } {
  const all = Object.fromEntries([...logins].map(([address, login]) => [address, authConfig(login)]));
  const text = Buffer.from(JSON.stringify(all)).toString('base64');
  return { base64: text.replaceAll('+', '-').replaceAll('/', '_') };
}

function authConfig(credentials: RegistryCredentials): Record<string, string> {
  const { username, password, identityToken, serverAddress } = credentials;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(identityToken === undefined ? {} : { identitytoken: identityToken }),
    ...(serverAddress === undefined ? {} : { serveraddress: serverAddress }),
  };
}

/**
 * dockerode's modem for the agent's connections; its own address is a placeholder. It reads `DOCKER_HOST` in its constructor, lets it
 * win over an explicit address and throws if it is malformed, so it must not see it.
 */
function createModem(agent: EndpointAgent, apiVersion: string): Docker['modem'] {
  const variable = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    // The published types do not know the agent, which docker-modem takes.
    const options: Docker.DockerOptions & { readonly agent: EndpointAgent } = {
      socketPath: 'engine',
      protocol: 'http',
      version: `v${apiVersion}`,
      agent,
    };
    return new Docker(options).modem;
  } finally {
    if (variable !== undefined) process.env['DOCKER_HOST'] = variable;
  }
}
