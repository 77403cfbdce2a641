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
  const { Tty = false, AttachStdin = false, ConsoleSize } = request;
  const exec = await createExec(connection, id, { ...request, AttachStdout: true, AttachStderr: true }, call);
  const start = { Detach: false, Tty, ...(Tty && ConsoleSize !== undefined ? { ConsoleSize } : {}) };
  const socket = await connection.hijack(
    { method: 'POST', path: `/exec/${exec}/start`, body: start },
    AttachStdin,
    call,
  );
  return {
    ...rawAttachment(connection, socket, Tty, call),
    id: exec,
    exitCode: (exitCall) => exitCode(connection, exec, exitCall),
    resize: (columns, rows, resizeCall) =>
      connection.command({ method: 'POST', path: `/exec/${exec}/resize`, query: { w: columns, h: rows } }, resizeCall),
  };
}

/** The same without a connection to the process. */
export async function startDetachedExec(
  connection: EngineConnection,
  id: string,
  request: ExecRequest,
  call: CallOptions | undefined,
): Promise<string> {
  const exec = await createExec(connection, id, request, call);
  const body = { Detach: true, Tty: request.Tty ?? false };
  await connection.command({ method: 'POST', path: `/exec/${exec}/start`, body }, call);
  return exec;
}

async function createExec(
  connection: EngineConnection,
  id: string,
  body: ExecRequest & { readonly AttachStdout?: boolean; readonly AttachStderr?: boolean },
  call: CallOptions | undefined,
): Promise<string> {
  const created = await connection.json<{ readonly Id: string }>(
    { method: 'POST', path: `${containerPath(id)}/exec`, body },
    call,
  );
  return created.Id;
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
