import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineEndpoint } from '../../../src/engine/endpoint.ts';

/** A request as the fake engine got it, its body read. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request, or leaves it waiting. */
export type Answer = (seen: SeenRequest, response: ServerResponse) => void;

/** An HTTP server on a unix socket that answers what the test says. */
export interface FakeHttpEngine {
  readonly endpoint: EngineEndpoint & { readonly kind: 'unix' };
  readonly server: Server;
  /** Without the pings. */
  readonly requests: readonly SeenRequest[];
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

const pingHeaders = { 'Api-Version': '1.51', Server: 'Docker/28.5.2 (linux)', Ostype: 'linux' };

/** Starts a fake engine; pings are answered unless headers are undefined. */
export async function startFakeEngine(
  answer: Answer,
  headers: Readonly<Record<string, string>> | undefined = pingHeaders,
): Promise<FakeHttpEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-fake-'));
  const path = join(folder, 'engine.sock');
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://engine');
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      if (url.pathname === '/_ping') {
        response.writeHead(200, { ...headers, 'Content-Length': '0' }).end();
        return;
      }
      const method = request.method ?? '';
      const seen = { method, path: url.pathname, query: url.searchParams, headers: request.headers, body };
      requests.push(seen);
      answer(seen, response);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    endpoint: { kind: 'unix', path },
    server,
    requests,
    sockets,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Answers with JSON. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
