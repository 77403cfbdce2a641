import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { engineEndpoint } from './engine-api.ts';

/** An engine that can die: a relay in front of the real one. */
export interface MortalEngine {
  /** For DOCKER_HOST. */
  readonly address: string;
  /** Ends every connection and takes no more. */
  readonly die: () => void;
  /** Ends every connection; new ones are taken. */
  readonly cut: () => void;
  /** Keeps connections open and says nothing more. */
  readonly freeze: () => void;
}

/** Starts one for the running test. */
export async function startMortalEngine(): Promise<MortalEngine> {
  const open = new Set<Socket>();
  let frozen = false;
  // Each side may end before the other, as when the input of a process has ended.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const endpoint = engineEndpoint();
    const place = 'socketPath' in endpoint ? { path: endpoint.socketPath } : endpoint;
    const engine = connect({ ...place, allowHalfOpen: true });
    for (const [socket, peer] of [
      [client, engine],
      [engine, client],
    ] as const) {
      open.add(socket);
      socket.on('data', (bytes) => {
        if (!frozen) peer.write(bytes);
      });
      socket.on('end', () => peer.end());
      socket.on('error', () => peer.destroy());
      socket.on('close', () => {
        open.delete(socket);
        peer.destroySoon();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  const die = (): void => {
    server.close();
    cut();
  };
  onTestFinished(die);
  return {
    address: `tcp://127.0.0.1:${String(port)}`,
    die,
    cut,
    freeze: () => {
      frozen = true;
    },
  };
}
