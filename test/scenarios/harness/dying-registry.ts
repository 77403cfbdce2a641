import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A registry that can die in the middle of an answer: a relay in front of a real one. */
export interface DyingRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** From the next large blob on nothing is answered any more: it breaks off, and the registry is gone. */
  readonly dieAtNextLayer: () => void;
  /** Is there again, under the same address. */
  readonly revive: () => Promise<void>;
}

const largeBytes = 100_000;
/** An engine that has not begun a layer by then has them all, in milliseconds. */
const patience = 5000;

/** Starts one for the running test. */
export async function startDyingRegistry(target: string): Promise<DyingRegistry> {
  const sockets = new Set<Socket>();
  let dying = false;
  const die = (): void => {
    dying = false;
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const relay = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const [host, port] = target.split(':');
    const { method, url, headers } = incoming;
    const call = request({ host, port, method, path: url, headers, agent: false }, (answer) => {
      const isBlob = (url ?? '').includes('/blobs/sha256:') && method === 'GET';
      const large = Number(answer.headers['content-length'] ?? 0) > largeBytes;
      // A small blob is the image's description: it has to come after the layer has begun, or there would be no middle. An engine
      // that needs no layer breaks off there.
      if (dying && isBlob && !large) {
        setTimeout(() => {
          if (dying) die();
        }, patience).unref();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      if (dying && isBlob) answer.once('data', (first: Buffer) => outgoing.write(first.subarray(0, 1000), die));
      else answer.pipe(outgoing);
    });
    call.on('error', () => outgoing.destroy());
    incoming.pipe(call);
  };
  const server = createServer(relay);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  onTestFinished(die);
  return {
    host: `127.0.0.1:${String(port)}`,
    dieAtNextLayer: () => {
      dying = true;
    },
    revive: () => listen(port),
  };
}
