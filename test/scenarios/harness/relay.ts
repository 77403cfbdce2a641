import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { engineEndpoint } from './engine-api.ts';

/** Connects a client with the engine under test, either side closing on its own. */
export function relayToEngine(client: Duplex): Socket {
  const endpoint = engineEndpoint();
  const engine =
    'socketPath' in endpoint
      ? connect({ path: endpoint.socketPath, allowHalfOpen: true })
      : connect({ ...endpoint, allowHalfOpen: true });
  client.pipe(engine).pipe(client);
  client.on('error', () => engine.destroy());
  engine.on('error', () => client.destroy());
  client.on('close', () => engine.destroySoon());
  return engine;
}
