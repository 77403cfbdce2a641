import type { Attachment, AttachRequest, CallOptions } from '../engine/engine.ts';
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
  request: AttachRequest,
  call: CallOptions | undefined,
): Promise<Attachment> {
  const flags = {
    stream: '1',
    stdout: '1',
    stderr: '1',
    stdin: request.stdin ? '1' : '0',
    logs: request.logs === true ? '1' : '0',
    ...(request.detachKeys === undefined ? {} : { detachKeys: request.detachKeys }),
  };
  const path = `${containerPath(id)}/attach?${new URLSearchParams(flags).toString()}`;
  const { openUpgrade } = await import('./open-upgrade.ts');
  const socket = await openUpgrade(connection, { path, protocol: 'tcp' }, call);
  return rawAttachment(connection, socket, request.tty, call);
}
