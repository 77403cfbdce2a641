import { createServer, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { engineEndpoint } from './engine-api.ts';

/** A proxy in front of the engine that remembers what was asked. */
export interface RecordingProxy {
  /** For DOCKER_HOST. */
  readonly address: string;
  /** Every call that may change something, such as `POST /v1.51/containers/create`. */
  readonly writes: () => readonly string[];
  /** Those of them that are no execution of a command, whose number depends on how fast a check succeeds. */
  readonly changes: () => readonly string[];
  /** Resolves when that many changes were asked for. */
  readonly reached: (count: number) => Promise<void>;
  readonly forget: () => void;
}

/** Starts one for the running test. */
export async function recordCalls(): Promise<RecordingProxy> {
  let calls: string[] = [];
  const open = new Set<Duplex>();
  const awaited = new Map<number, () => void>();
  const writes = (): readonly string[] => calls.filter((call) => !/^(GET|HEAD) /.test(call));
  const changes = (): readonly string[] => writes().filter((call) => !/\/exec(\/|$)/.test(call));
  const note = (message: IncomingMessage): void => {
    calls.push(`${message.method ?? ''} ${(message.url ?? '').split('?')[0] ?? ''}`);
    awaited.get(changes().length)?.();
  };
  const server = createServer((incoming, outgoing) => {
    note(incoming);
    const call = request(
      { ...engineEndpoint(), method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      },
    );
    call.on('error', () => outgoing.destroy());
    outgoing.on('close', () => call.destroy());
    incoming.pipe(call);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('upgrade', (incoming, socket, head) => {
    note(incoming);
    tunnel(incoming, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    address: `tcp://127.0.0.1:${String(port)}`,
    writes,
    changes,
    reached: (count) =>
      new Promise((resolve) => {
        if (changes().length >= count) resolve();
        else awaited.set(count, resolve);
      }),
    forget: () => {
      calls = [];
    },
  };
}

function tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  // The raw headers: some come several times.
  const { method, url: path, rawHeaders: headers } = incoming;
  const call = request({ ...engineEndpoint(), method, path, headers });
  call.on('upgrade', (answer, upstream, first) => {
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    socket.write(`HTTP/1.1 101 UPGRADED\r\n${headers.join('')}\r\n`);
    socket.write(first);
    upstream.pipe(socket).on('error', () => upstream.destroy());
    socket.pipe(upstream).on('error', () => socket.destroy());
  });
  call.on('error', () => socket.destroy());
  call.end(head);
}
