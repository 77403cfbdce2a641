import type { CallOptions, ContainerWait, ContainerWaitCondition, LogRequest, OutputChunk } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
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

/** `POST /containers/{id}/wait`: the headers come when the engine listens, the body when the process has ended. */
export async function openWait(
  connection: EngineConnection,
  id: string,
  condition: ContainerWaitCondition,
  call: CallOptions | undefined,
): Promise<ContainerWait> {
  const request = { method: 'POST', path: `${containerPath(id)}/wait`, query: { condition } } as const;
  const stream = await connection.stream(request, call);
  const exitCode = readExitCode(connection.bytes(stream, call));
  // Whoever asks for the code hears of a failure; nobody has to ask.
  exitCode.catch(() => undefined);
  return { exitCode };
}

async function readExitCode(body: AsyncIterable<Uint8Array>): Promise<number> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  const { StatusCode, Error: failure } = waitAnswer(text);
  if (typeof failure?.Message === 'string' && failure.Message !== '') throw new EngineError('server', failure.Message);
  if (typeof StatusCode === 'number') return StatusCode;
  throw new EngineError('connection-lost', 'the engine ended a wait without an exit code');
}

function waitAnswer(text: string): {
  readonly StatusCode?: unknown;
  readonly Error?: { readonly Message?: unknown } | null;
} {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
