import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { openTunnel } from './open-tunnel.ts';
import { type ProxyEnvironment, proxyFor } from './proxy-for.ts';
import { registryError } from './registry-error.ts';
import { isLoopback } from './registry-host.ts';

/** One HTTP request. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Most bytes of the answer's body. */
  readonly longestBody: number;
  /** Where proxies are named. */
  readonly environment?: ProxyEnvironment | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A connection that says nothing for so long is given up; milliseconds. */
const longestSilence = 30_000;

/**
 * Sends one request and reads the answer; redirects are answers. Rejects with the connection's own error, with
 * `registry-answer-invalid` for a body that is too long, and with the signal's reason when aborted.
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { signal, url } = request;
  signal?.throwIfAborted();
  try {
    if (url.protocol !== 'https:') return await exchange(request, (await import('node:http')).request, {});
    const { request: open } = await import('node:https');
    return await exchange(request, open, await throughProxy(request));
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown;
  }
}

/** What leads a request over TLS through the proxy for its host; this machine is never reached through one. */
async function throughProxy({ url, environment = {}, signal }: HttpRequest): Promise<RequestOptions> {
  const proxy = isLoopback(url.host) ? undefined : proxyFor(url, environment);
  if (proxy === undefined) return {};
  const [{ connect }, { isIP }] = await Promise.all([import('node:tls'), import('node:net')]);
  const socket = await openTunnel(proxy, url, signal);
  const host = url.hostname;
  // Addresses are no names to ask a server for, but its certificate is checked against them all the same.
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return { createConnection: () => connect({ socket, host, ...servername }) };
}

type OpenRequest = (url: URL, options: RequestOptions, answered: (answer: IncomingMessage) => void) => ClientRequest;

function exchange(request: HttpRequest, open: OpenRequest, connection: RequestOptions): Promise<HttpAnswer> {
  const { method, url, headers = {}, body, signal } = request;
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      ...connection,
      method,
      headers: { 'user-agent': 'topsail', ...headers },
      timeout: longestSilence,
      ...(signal === undefined ? {} : { signal }),
    };
    const sent = open(url, options, (answer) => {
      readBody(answer, request.longestBody).then(
        (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read }),
        (fault: unknown) => {
          sent.destroy();
          reject(fault instanceof Error ? fault : new Error(String(fault)));
        },
      );
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${longestSilence / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readBody(answer: AsyncIterable<Buffer>, longest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of answer) {
    total += chunk.length;
    if (total > longest) throw registryError('answer-invalid', `the answer is longer than ${longest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}
