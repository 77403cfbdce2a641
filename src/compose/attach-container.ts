import type { CallOptions, Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { InteractiveProcess } from './interactive-process.ts';
import type { ComposePorts } from './ports.ts';

/** How a container's streams are attached to. */
export interface AttachContainerOptions {
  /** Whether the container has a terminal. */
  readonly terminal: boolean;
  /** Whether its input is wanted. */
  readonly input: boolean;
  /** Keys that end the session and leave the container running. Default: the engine's own, `ctrl-p,ctrl-q`. */
  readonly detachKeys?: string;
  /** Whether it runs already; else its exit counts from its start on. */
  readonly started?: boolean;
  /** The engine removes the container when it has ended: its exit code is given once it is gone. */
  readonly autoRemove?: boolean;
  /** Ends the session; the container runs on. */
  readonly signal?: AbortSignal;
}

/**
 * Attaches to a container before its start or while it runs, and waits for its exit from then on. Throws EngineError.
 */
export async function attachContainer(
  { engine }: ComposePorts,
  id: string,
  { terminal, input, detachKeys, started, autoRemove, signal }: AttachContainerOptions,
): Promise<InteractiveProcess> {
  const call = signal === undefined ? {} : { signal };
  const keys = detachKeys === undefined ? {} : { detachKeys };
  const attachment = await engine.containers.attach(id, { stdin: input, tty: terminal, ...keys }, call);
  try {
    const { exitCode } = await engine.containers.wait(id, started === true ? 'not-running' : 'next-exit', call);
    return {
      ...attachment,
      terminal,
      resize: (columns, rows, resizeCall) => engine.containers.resize(id, columns, rows, resizeCall),
      exitCode: async () => {
        const code = await exitCode;
        if (autoRemove === true) await untilRemoved(engine, id, call);
        return code;
      },
    };
  } catch (error) {
    attachment.close();
    throw error;
  }
}

async function untilRemoved(engine: Engine, id: string, call: CallOptions): Promise<void> {
  try {
    await (await engine.containers.wait(id, 'removed', call)).exitCode;
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
}
