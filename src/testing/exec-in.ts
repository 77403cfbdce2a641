import type { ComposePorts } from '../compose/ports.ts';
import type { ExecSession } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';

/** How a command is executed in a container. */
export interface ExecOptions {
  readonly user?: string;
  readonly workingDirectory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What the command reads from its input; without it there is none. */
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** What an executed command came to. Output is UTF-8 text. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Executes a command in a running container to its end, its output kept in memory. Throws EngineError. */
export async function execIn(
  { engine }: Pick<ComposePorts, 'engine'>,
  container: string,
  command: readonly string[],
  { user, workingDirectory, environment = {}, input, signal }: ExecOptions = {},
): Promise<ExecResult> {
  const call = signal === undefined ? {} : { signal };
  const session = await engine.containers.exec(
    container,
    {
      Cmd: command,
      Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      AttachStdin: input !== undefined,
      ...(user === undefined ? {} : { User: user }),
      ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
    },
    call,
  );
  // An exec is a connection of its own that an abort does not end.
  const onAbort = (): void => session.close();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const feeding = input === undefined ? undefined : feed(session, input);
    const texts = { stdout: '', stderr: '' };
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    for await (const { stream, data } of session.output)
      texts[stream] += decoders[stream].decode(data, { stream: true });
    await feeding;
    signal?.throwIfAborted();
    return { exitCode: await session.exitCode(call), ...texts };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    session.close();
  }
}

/** A command that ends without having read everything is no fault of the caller's. */
async function feed(session: ExecSession, input: string | Uint8Array): Promise<void> {
  try {
    await session.write(typeof input === 'string' ? Buffer.from(input, 'utf8') : input);
    await session.end();
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
}
