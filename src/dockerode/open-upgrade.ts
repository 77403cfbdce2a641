import { type IncomingMessage, request } from 'node:http';
import { Duplex } from 'node:stream';
import type { CallOptions, UpgradeRequest } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { answerError, transportError } from './answer-error.ts';
import type { EndpointAgent } from './endpoint-agent.ts';
import type { EngineConnection } from './engine-connection.ts';

/**
 * A POST with an empty body whose connection becomes another protocol's. Bytes that came with the answer are given back to the
 * socket first. The caller owns the socket.
 */
export async function openUpgrade(
  connection: EngineConnection,
  { path, protocol, headers = {} }: UpgradeRequest,
  call: CallOptions | undefined,
): Promise<Duplex> {
  if (call?.signal?.aborted === true) throw transportError(call.signal.reason, connection.endpoint, call.signal);
  const versioned = `/v${connection.apiVersion}${path}`;
  let answer: Duplex | IncomingMessage;
  try {
    answer = await upgrade(await connection.agent(), versioned, { ...headers, Upgrade: protocol }, call?.signal);
  } catch (error) {
    throw transportError(error, connection.endpoint, call?.signal);
  }
  if (answer instanceof Duplex) return answer;
  if (answer.statusCode === 200) {
    answer.destroy();
    throw new EngineError('unsupported', `the engine at ${connection.endpoint} does not open raw streams`);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of connection.bytes(answer, call)) pieces.push(piece);
  throw answerError(answer.statusCode ?? 0, Buffer.concat(pieces).toString());
}

/** {@link openUpgrade}, and the socket is destroyed when the connection to the engine is closed. */
export async function openTrackedUpgrade(
  connection: EngineConnection,
  request: UpgradeRequest,
  call: CallOptions | undefined,
): Promise<Duplex> {
  const socket = await openUpgrade(connection, request, call);
  connection.track(socket, () => void socket.destroy());
  return socket;
}

function upgrade(
  agent: EndpointAgent,
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
  signal: AbortSignal | undefined,
): Promise<Duplex | IncomingMessage> {
  return new Promise((resolve, reject) => {
    const post = request({
      agent,
      method: 'POST',
      path,
      headers: { ...mutable(headers), Connection: 'Upgrade', 'Content-Length': '0' },
      ...(signal === undefined ? {} : { signal }),
    });
    post.on('upgrade', (_answer, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    post.on('response', resolve);
    post.on('error', reject);
    post.end();
  });
}

/** Headers as Node's types want them. */
function mutable(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}
