import { type EngineEndpoint, endpointText } from '../engine/endpoint.ts';
import type { CallOptions } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { answerError, transportError } from './answer-error.ts';
import type { ShortAnswer } from './answer-reader.ts';
import { connectionOpener, type OpenConnection } from './open-connection.ts';
import { ShortCalls } from './short-calls.ts';

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
  const calls = new ShortCalls(open);
  try {
    return await pingOver(calls, endpoint, call);
  } finally {
    calls.destroy();
  }
}

/** `HEAD /_ping` over a pool of connections. */
export async function pingOver(calls: ShortCalls, endpoint: EngineEndpoint, call: CallOptions): Promise<PingAnswer> {
  if (call.signal?.aborted === true) throw transportError(call.signal.reason, '', call.signal);
  let answer: ShortAnswer;
  try {
    answer = await calls.send({ method: 'HEAD', target: '/_ping' }, call.signal);
  } catch (error) {
    throw transportError(error, endpointText(endpoint), call.signal);
  }
  const { statusCode, headers } = answer;
  if (statusCode !== 200) throw answerError(statusCode, '');
  const apiVersion = headers.get('api-version');
  if (apiVersion === undefined) {
    throw new EngineError('unreachable', `what answers at ${endpointText(endpoint)} is no container engine`);
  }
  return { apiVersion, ...serverOf(headers) };
}

/** From `Server: Docker/28.5.2 (linux)` or `Server: Libpod/4.3.1 (linux)`. */
function serverOf(headers: ShortAnswer['headers']): Omit<PingAnswer, 'apiVersion'> {
  const [, name = '', version = '', system = ''] =
    /^(\w+)\/(\S+)(?:\s+\((\w+)\))?/.exec(headers.get('server') ?? '') ?? [];
  const operatingSystem = headers.get('ostype') ?? system;
  if (headers.has('libpod-api-version') || name === 'Libpod') {
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
