import { type IncomingMessage, request } from 'node:http';
import { type EngineEndpoint, endpointText } from '../engine/endpoint.ts';
import type { CallOptions } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { answerError, transportError } from './answer-error.ts';
import { connectionOpener, EndpointAgent, type OpenConnection } from './endpoint-agent.ts';

/** The highest Engine API version that Topsail speaks. */
export const ourApiVersion = '1.51';

/** What an engine says of itself in the headers of `/_ping`. */
export interface PingAnswer {
  readonly product: 'docker' | 'podman' | 'unknown';
  /** Such as `28.5.2`; empty if the engine does not say. */
  readonly version: string;
  /** The highest API version of the engine. */
  readonly apiVersion: string;
  readonly operatingSystem: string;
}

/** Asks who answers at an endpoint, over a connection of its own. `open` is needed for an endpoint behind a child process. */
export async function pingEngine(
  endpoint: EngineEndpoint,
  call: CallOptions & { readonly open?: OpenConnection } = {},
): Promise<PingAnswer> {
  const open = call.open ?? (await connectionOpener(endpoint));
  if (open === undefined) throw new TypeError(`${endpointText(endpoint)} needs a connection opener`);
  const agent = new EndpointAgent(open);
  try {
    return await pingOver(agent, endpoint, call);
  } finally {
    agent.destroy();
  }
}

/** `HEAD /_ping` over a pool of connections. */
export async function pingOver(agent: EndpointAgent, endpoint: EngineEndpoint, call: CallOptions): Promise<PingAnswer> {
  if (call.signal?.aborted === true) throw transportError(call.signal.reason, '', call.signal);
  let answer: IncomingMessage;
  try {
    answer = await headAnswer(agent, call.signal);
  } catch (error) {
    throw transportError(error, endpointText(endpoint), call.signal);
  }
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200) throw answerError(statusCode, '');
  const apiVersion = headers['api-version'];
  if (typeof apiVersion !== 'string') {
    throw new EngineError('unreachable', `what answers at ${endpointText(endpoint)} is no container engine`);
  }
  return { apiVersion, ...serverOf(headers) };
}

function headAnswer(agent: EndpointAgent, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const ping = request({ agent, method: 'HEAD', path: '/_ping', ...(signal === undefined ? {} : { signal }) });
    ping.on('response', (answer) => {
      answer.on('error', reject).resume();
      // When the request closes its connection is free for the next call.
      ping.on('close', () => resolve(answer));
    });
    ping.on('error', reject);
    ping.end();
  });
}

/** From `Server: Docker/28.5.2 (linux)` or `Server: Libpod/4.3.1 (linux)`. */
function serverOf(headers: IncomingMessage['headers']): Omit<PingAnswer, 'apiVersion'> {
  const [, name = '', version = '', system = ''] =
    /^(\w+)\/(\S+)(?:\s+\((\w+)\))?/.exec(String(headers.server ?? '')) ?? [];
  const operatingSystem = String(headers['ostype'] ?? system);
  if (headers['libpod-api-version'] !== undefined || name === 'Libpod') {
    return { product: 'podman', version, operatingSystem };
  }
  return { product: name === 'Docker' ? 'docker' : 'unknown', version, operatingSystem };
}

/** The lower of two API versions. */
export function lowerApiVersion(one: string, other: string): string {
  const [oneMajor = 0, oneMinor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return oneMajor < otherMajor || (oneMajor === otherMajor && oneMinor <= otherMinor) ? one : other;
}
