import { type IncomingMessage, request } from 'node:http';
import { Duplex } from 'node:stream';
import type { Attachment, CallOptions } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { answerError, transportError } from './answer-error.ts';
import { containerPath } from './container-path.ts';
import type { EngineConnection } from './engine-connection.ts';
import { rawAttachment } from './raw-attachment.ts';

/**
 * `POST /containers/{id}/attach` by an upgrade with an empty body. dockerode's own attach sends its options as a body, which can end
 * up in the process's input, and loses output when the input is closed first.
 */
export async function openAttach(
  connection: EngineConnection,
  id: string,
  request: { readonly stdin: boolean; readonly tty: boolean; readonly logs?: boolean },
  call: CallOptions | undefined,
): Promise<Attachment> {
  const flags = {
    stream: '1',
    stdout: '1',
    stderr: '1',
    stdin: request.stdin ? '1' : '0',
    logs: request.logs === true ? '1' : '0',
  };
  const path = `/v${connection.apiVersion}${containerPath(id)}/attach?${new URLSearchParams(flags).toString()}`;
  if (call?.signal?.aborted === true) throw transportError(call.signal.reason, connection.endpoint, call.signal);
  let answer: Duplex | IncomingMessage;
  try {
    answer = await upgrade(connection, path, call?.signal);
  } catch (error) {
    throw transportError(error, connection.endpoint, call?.signal);
  }
  if (answer instanceof Duplex) return rawAttachment(connection, answer, request.tty, call);
  const pieces: Uint8Array[] = [];
  if (answer.statusCode === 200) {
    answer.destroy();
    throw new EngineError('unsupported', `the engine at ${connection.endpoint} does not open raw streams`);
  }
  for await (const piece of connection.bytes(answer, call)) pieces.push(piece);
  throw answerError(answer.statusCode ?? 0, Buffer.concat(pieces).toString());
}

function upgrade(
  connection: EngineConnection,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Duplex | IncomingMessage> {
  return new Promise((resolve, reject) => {
    const attach = request({
      agent: connection.agent,
      method: 'POST',
      path,
      headers: { Connection: 'Upgrade', Upgrade: 'tcp', 'Content-Length': '0' },
      ...(signal === undefined ? {} : { signal }),
    });
    attach.on('upgrade', (_answer, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    attach.on('response', resolve);
    attach.on('error', reject);
    attach.end();
  });
}
