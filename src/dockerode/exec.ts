import { setTimeout as sleep } from 'node:timers/promises';
import type { CallOptions, ExecRequest, ExecSession } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { transportError } from './answer-error.ts';
import { containerPath } from './container-path.ts';
import type { EngineConnection } from './engine-connection.ts';
import { rawAttachment } from './raw-attachment.ts';

/** Pauses in milliseconds between looks for an exit code that the engine has not written down yet when the output ends. */
const exitCodePauses: readonly number[] = [2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** `POST /containers/{id}/exec`, then `POST /exec/{id}/start`. */
export async function openExec(
  connection: EngineConnection,
  id: string,
  request: ExecRequest,
  call: CallOptions | undefined,
): Promise<ExecSession> {
  const terminal = request.Tty ?? false;
  const created = await connection.json<{ readonly Id: string }>(
    {
      method: 'POST',
      path: `${containerPath(id)}/exec`,
      body: { ...request, AttachStdout: true, AttachStderr: true },
    },
    call,
  );
  const socket = await connection.hijack(
    { method: 'POST', path: `/exec/${created.Id}/start`, body: { Detach: false, Tty: terminal } },
    request.AttachStdin ?? false,
    call,
  );
  return {
    ...rawAttachment(connection, socket, terminal, call),
    id: created.Id,
    exitCode: (exitCall) => exitCode(connection, created.Id, exitCall),
    resize: (columns, rows, resizeCall) =>
      connection.command(
        { method: 'POST', path: `/exec/${created.Id}/resize`, query: { w: columns, h: rows } },
        resizeCall,
      ),
  };
}

async function exitCode(connection: EngineConnection, id: string, call: CallOptions | undefined): Promise<number> {
  for (const pause of [0, ...exitCodePauses]) {
    if (pause > 0) {
      await sleep(pause, undefined, call?.signal === undefined ? {} : { signal: call.signal }).catch(
        (error: unknown) => {
          throw transportError(error, connection.endpoint, call?.signal);
        },
      );
    }
    const answer = await connection.json<{ readonly Running: boolean; readonly ExitCode: number | null }>(
      { method: 'GET', path: `/exec/${id}/json` },
      call,
    );
    if (!answer.Running && answer.ExitCode !== null) return answer.ExitCode;
  }
  throw new EngineError('server', `the engine gives no exit code for exec ${id}`);
}
