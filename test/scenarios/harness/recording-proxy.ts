import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One request that went through the proxy. */
export interface RecordedCall {
  readonly method: string;
  /** Path and query, without the API version prefix. */
  readonly path: string;
  /** Whether it can change the engine's state. */
  readonly write: boolean;
}

/** A proxy in front of the engine's unix socket that writes down every call. */
export interface RecordingProxy extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string;
  readonly calls: readonly RecordedCall[];
  writes(): readonly RecordedCall[];
  /** Cuts every open connection at once, as a dying engine does. */
  cut(): void;
}

function record(request: http.IncomingMessage): RecordedCall {
  const method = request.method ?? 'GET';
  const plain = (request.url ?? '/').replace(/^\/v\d+\.\d+/, '');
  // An exec runs a probe inside a container; it changes nothing that the engine keeps of the project.
  const write = method !== 'GET' && method !== 'HEAD' && !/^\/(exec|containers\/[^/]+\/exec)\b/.test(plain);
  return { method, path: plain, write };
}

/** Starts a proxy for the engine behind a `unix://` address. */
export async function startRecordingProxy(engineHost: string): Promise<RecordingProxy> {
  const target = engineHost.replace(/^unix:\/\//, '');
  const folder = await mkdtemp(path.join(tmpdir(), 'topsail-proxy-'));
  const socket = path.join(folder, 'engine.sock');
  const calls: RecordedCall[] = [];
  const open = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    calls.push(record(request));
    const onward = http.request(
      { socketPath: target, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
    calls.push(record(request));
    const engine = net.connect(target, () => {
      const headers = request.rawHeaders.reduce(
        (text, word, index) => text + word + (index % 2 === 0 ? ': ' : '\r\n'),
        `${request.method ?? 'POST'} ${request.url ?? '/'} HTTP/1.1\r\n`,
      );
      engine.write(`${headers}\r\n`);
      engine.write(head);
      engine.pipe(client);
      client.pipe(engine);
    });
    engine.on('error', () => client.destroy());
    client.on('error', () => engine.destroy());
    client.on('close', () => engine.destroy());
  });
  server.on('connection', (connection: net.Socket) => {
    open.add(connection);
    connection.on('close', () => open.delete(connection));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const cut = (): void => {
    for (const connection of open) connection.destroy();
  };
  return {
    host: `unix://${socket}`,
    calls,
    writes: () => calls.filter(({ write }) => write),
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
