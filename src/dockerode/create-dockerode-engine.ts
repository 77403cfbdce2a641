import { type EngineEndpoint, endpointText } from '../engine/endpoint.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { containerCalls } from './container-calls.ts';
import { EngineConnection } from './engine-connection.ts';
import { engineInformation } from './engine-information.ts';
import { openEvents } from './event-stream.ts';
import { imageCalls } from './image-calls.ts';
import { networkCalls } from './network-calls.ts';
import { connectionOpener, type OpenConnection } from './open-connection.ts';
import { lowerApiVersion, ourApiVersion, type PingAnswer, pingOver } from './ping-engine.ts';
import { ShortCalls } from './short-calls.ts';
import { volumeCalls } from './volume-calls.ts';

/** What {@link createDockerodeEngine} takes beside the endpoint. */
export interface DockerodeEngineOptions extends CallOptions {
  /** An answer to the ping that is already there, which saves asking again. */
  readonly ping?: PingAnswer;
  /** Opens connections to an endpoint behind a child process (ssh). */
  readonly open?: OpenConnection;
  /** How long an idle connection is kept, in milliseconds. */
  readonly idleMilliseconds?: number;
}

/**
 * Connects to a real engine. One ping finds the API version: the lower of ours and the engine's.
 * Throws an EngineError: `unreachable`, `access-denied` or `aborted`.
 */
export async function createDockerodeEngine(
  endpoint: EngineEndpoint,
  options: DockerodeEngineOptions = {},
): Promise<Engine> {
  const text = endpointText(endpoint);
  const open = options.open ?? (await connectionOpener(endpoint));
  if (open === undefined) throw new TypeError(`${text} needs a connection opener`);
  const calls = new ShortCalls(open, options.idleMilliseconds);
  try {
    const ping = options.ping ?? (await pingOver(calls, endpoint, options));
    const connection = new EngineConnection({
      open,
      shortCalls: calls,
      idleMilliseconds: options.idleMilliseconds,
      endpoint: text,
      apiVersion: lowerApiVersion(ourApiVersion, ping.apiVersion),
      product: ping.product,
    });
    return engineOver(connection, ping, (call) => pingOver(calls, endpoint, call ?? {}));
  } catch (error) {
    calls.destroy();
    throw error;
  }
}

function engineOver(
  connection: EngineConnection,
  ping: PingAnswer,
  ask: (call: CallOptions | undefined) => Promise<PingAnswer>,
): Engine {
  return {
    description: {
      product: ping.product,
      version: ping.version,
      apiVersion: connection.apiVersion,
      operatingSystem: ping.operatingSystem,
      // The ping does not say; `information` does.
      architecture: '',
      endpoint: connection.endpoint,
    },
    information: (call) => engineInformation(connection, call),
    containers: containerCalls(connection),
    networks: networkCalls(connection),
    volumes: volumeCalls(connection),
    images: imageCalls(connection),
    events: (query, call) => openEvents(connection, query, () => ask(call), call),
    upgrade: async (request, call) => {
      const { openTrackedUpgrade } = await import('./open-upgrade.ts');
      return openTrackedUpgrade(connection, request, call);
    },
    close: () => connection.close(),
  };
}
