import type { CallOptions, LogRequest, OutputChunk } from '../engine/engine.ts';
import { containerPath } from './container-path.ts';
import { demux, rawOutput } from './demux.ts';
import type { EngineConnection } from './engine-connection.ts';

/** `GET /containers/{id}/logs`, opened when the first chunk is asked for. */
export async function* readLogs(
  connection: EngineConnection,
  id: string,
  request: LogRequest,
  call: CallOptions | undefined,
): AsyncGenerator<OutputChunk, void, undefined> {
  const { follow, since, until, tail, timestamps, tty } = request;
  const stream = await connection.stream(
    {
      method: 'GET',
      path: `${containerPath(id)}/logs`,
      query: { stdout: true, stderr: true, follow, since, until, tail, timestamps },
    },
    call,
  );
  const bytes = connection.bytes(stream, call);
  yield* tty ? rawOutput(bytes) : demux(bytes);
}

/** `GET /containers/{id}/archive`: a tar of what is at the path. */
export async function* readArchive(
  connection: EngineConnection,
  id: string,
  path: string,
  call: CallOptions | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const request = { method: 'GET', path: `${containerPath(id)}/archive`, query: { path } } as const;
  yield* connection.bytes(await connection.stream(request, call), call);
}
