import type { Attachment, ExecRequest, ExecSession, OutputChunk } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { type MemoryBehaviour, outputChunk } from './memory-behaviour.ts';
import { emitContainer, type MemoryContainer, type World } from './world.ts';

/** A two-way stream: output as given, input kept for the test to read. */
export function openAttachment(
  output: AsyncIterable<OutputChunk>,
  behaviour: MemoryBehaviour,
  container: MemoryContainer,
): Attachment {
  return {
    output,
    write: (data) => Promise.resolve(void behaviour.input.push({ container: container.name, data })),
    end: () => Promise.resolve(),
    close: () => undefined,
  };
}

/** An exec whose outcome the test's handler gives. */
export function openExec(
  world: World,
  container: MemoryContainer,
  request: ExecRequest,
  behaviour: MemoryBehaviour,
): ExecSession {
  const handler = behaviour.exec;
  if (handler === undefined) throw new TypeError(`the test has not said what an exec in ${container.name} does`);
  const id = world.newId();
  const words = request.Cmd.join(' ');
  const abort = new AbortController();
  emitContainer(world, container, `exec_create: ${words}`, { execID: id });
  emitContainer(world, container, `exec_start: ${words}`, { execID: id });
  const outcome = Promise.resolve(handler({ id: container.id, name: container.name }, request, abort.signal)).then(
    (result) => {
      emitContainer(world, container, 'exec_die', { execID: id, exitCode: String(result.exitCode) });
      return result;
    },
  );
  outcome.catch(() => undefined);
  async function* output(): AsyncGenerator<OutputChunk, void, undefined> {
    const closed = new Promise<'closed'>((resolve) => abort.signal.addEventListener('abort', () => resolve('closed')));
    const result = await Promise.race([outcome, closed]);
    if (result === 'closed') throw new EngineError('connection-lost', 'the exec session was closed');
    if (result.stdout !== undefined) yield outputChunk('stdout', result.stdout);
    if (result.stderr !== undefined) yield outputChunk('stderr', result.stderr);
  }
  return {
    ...openAttachment(output(), behaviour, container),
    id,
    close: () => abort.abort(),
    exitCode: async () => (await outcome).exitCode,
    resize: () => Promise.resolve(),
  };
}
