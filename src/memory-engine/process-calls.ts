import type { ContainerStats } from '../engine/container.ts';
import type { ContainerCalls, ContainerWait, ContainerWaitCondition, OutputChunk } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { CallGate, RecordedCall } from './call-gate.ts';
import { openAttachment, openExec } from './memory-attachment.ts';
import type { MemoryBehaviour } from './memory-behaviour.ts';
import { type MemoryContainer, refusal, requireContainer, type World } from './world.ts';

/** Describes a call on a container. */
export type DescribeCall = (
  name: string,
  kind: RecordedCall['kind'],
  reference: string,
  details?: unknown,
) => RecordedCall;

/** Calls about what runs inside a container. */
export function processCalls(
  world: World,
  gate: CallGate,
  behaviour: MemoryBehaviour,
  call: DescribeCall,
): Pick<
  ContainerCalls,
  'logs' | 'attach' | 'exec' | 'execDetached' | 'resize' | 'wait' | 'stats' | 'followStats' | 'top'
> {
  const find = (id: string): MemoryContainer => requireContainer(world, id);
  const running = (id: string): MemoryContainer => {
    const container = find(id);
    if (container.state.Running) return container;
    throw refusal('conflict', 409, `container ${container.id} is not running`);
  };
  return {
    logs: async function* (id, request, options): AsyncGenerator<OutputChunk, void, undefined> {
      const container = await gate.pass(call('logs', 'read', id, request), options, () => find(id));
      yield* container.output.read(request, options?.signal);
    },
    attach: (id, request, options) =>
      gate.pass(call('attach', 'write', id, request), options, () =>
        openAttachment(find(id).output.live(request.logs ?? false, undefined), behaviour, find(id)),
      ),
    exec: (id, request, options) =>
      gate.pass(call('exec', 'write', id, request), options, () => openExec(world, running(id), request, behaviour)),
    execDetached: (id, request, options) =>
      gate.pass(call('exec', 'write', id, request), options, () => openExec(world, running(id), request, behaviour).id),
    resize: (id, columns, rows, options) =>
      gate.pass(call('resize', 'write', id, { columns, rows }), options, () => void find(id)),
    wait: (id, condition, options) =>
      gate.pass(call('wait', 'read', id, { condition }), options, () =>
        waitForExit(find(id), condition, options?.signal),
      ),
    stats: (id, options) => gate.pass(call('stats', 'read', id), options, () => behaviour.stats(find(id))),
    followStats: async function* (id, options): AsyncGenerator<ContainerStats, void, undefined> {
      yield await gate.pass(call('followStats', 'read', id), options, () => behaviour.stats(find(id)));
    },
    top: (id, options) => gate.pass(call('top', 'read', id), options, () => behaviour.processes(running(id))),
  };
}

function waitForExit(
  container: MemoryContainer,
  condition: ContainerWaitCondition,
  signal: AbortSignal | undefined,
): ContainerWait {
  if (condition === 'not-running' && !container.state.Running) {
    return { exitCode: Promise.resolve(container.state.ExitCode) };
  }
  const exitCode = new Promise<number>((resolve, reject) => {
    (condition === 'removed' ? container.removalListeners : container.exitListeners).add(resolve);
    const abort = (): void => reject(new EngineError('aborted', 'the call was aborted', { cause: signal?.reason }));
    signal?.addEventListener('abort', abort, { once: true });
  });
  exitCode.catch(() => undefined);
  return { exitCode };
}
