import type { ContainerProcesses, ContainerStats } from '../engine/container.ts';
import type { OutputChunk } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { type CallGate, type CallMatch, callText, type HeldCalls, type RecordedCall } from './call-gate.ts';
import { endProcess, setHealth } from './container-lifecycle.ts';
import { imageFrom } from './image-reference.ts';
import { type ExecHandler, type MemoryBehaviour, outputChunk } from './memory-behaviour.ts';
import type { MemoryImage } from './memory-options.ts';
import { type MemoryContainer, requireContainer, type World } from './world.ts';

/** A container as tests see it when it starts. */
export type StartedContainer = Pick<MemoryContainer, 'id' | 'name' | 'config'>;

/** The test's side of an in-process engine: what its processes do, when its calls end, and what it was asked. */
export interface MemoryControl {
  /** Every call so far, in order. */
  readonly calls: readonly RecordedCall[];
  /** Calls that change something, as `containers.start web-1`. */
  writes(): readonly string[];
  /** Calls that change nothing, as `containers.list`. */
  reads(): readonly string[];
  /** Forgets the calls so far. */
  forgetCalls(): void;
  /** Holds calls: `before` (default) their effect, or `after` it with only the answer missing. */
  hold(match: CallMatch, phase?: 'before' | 'after'): HeldCalls;
  /** The next calls (default one) that match fail without effect. */
  fail(match: CallMatch, error: Error, times?: number): void;
  /** The engine's health check of a container has a result. `container` is a name or id, here and below. */
  setHealth(container: string, status: 'starting' | 'healthy' | 'unhealthy', output?: string): void;
  /** The container's process ends by itself; its restart policy applies. */
  exit(container: string, exitCode: number, options?: { readonly outOfMemory?: boolean }): void;
  /** The exit code with which the process answers a stop. Default 0. The name may be that of a container to come. */
  setStopExitCode(containerName: string, exitCode: number): void;
  /** The container writes text. */
  write(container: string, text: string, stream?: OutputChunk['stream']): void;
  /** What execs do. Without it an exec throws. */
  onExec(handler: ExecHandler): void;
  /** Called after each start of a container, such as to let a job exit. Returns what stops it. */
  onStart(listener: (container: StartedContainer) => void): () => void;
  setStats(containerName: string, stats: ContainerStats): void;
  /** What `top` says of a container; by default one process, its command. */
  setProcesses(containerName: string, processes: ContainerProcesses): void;
  /** Puts an image on the engine or in the registry, in place of one with that reference. */
  putImage(image: string | MemoryImage, where: 'engine' | 'registry'): void;
  /** Archives unpacked into a container. */
  archives(container: string): readonly { readonly path: string; readonly tar: Uint8Array }[];
  /** What was written to the input of attached containers and execs. */
  readonly input: readonly { readonly container: string; readonly data: Uint8Array }[];
  /** How many event streams are open. */
  readonly openEventStreams: number;
  /** Event streams end as with a lost connection; new ones can be opened. */
  loseEventStreams(): void;
  /** Every further call fails, and open streams are lost, as when the engine dies. */
  die(): void;
}

/** Builds the control of a world. */
export function memoryControl(world: World, gate: CallGate, behaviour: MemoryBehaviour): MemoryControl {
  const texts = (kind: RecordedCall['kind']): readonly string[] =>
    gate.calls.filter((call) => call.kind === kind).map(callText);
  return {
    calls: gate.calls,
    writes: () => texts('write'),
    reads: () => texts('read'),
    forgetCalls: () => void gate.calls.splice(0),
    hold: (match, phase = 'before') => gate.hold(match, phase),
    fail: (match, error, times = 1) => gate.fail(match, error, times),
    setHealth: (container, status, output = '') => setHealth(world, requireContainer(world, container), status, output),
    exit: (container, exitCode, options = {}) =>
      endProcess(world, requireContainer(world, container), {
        exitCode,
        outOfMemory: options.outOfMemory ?? false,
        stopped: false,
      }),
    setStopExitCode: (name, exitCode) => behaviour.setStopExitCode(name, exitCode),
    write: (container, text, stream = 'stdout') =>
      requireContainer(world, container).output.append(outputChunk(stream, text), world.now()),
    onExec: (handler) => {
      behaviour.exec = handler;
    },
    onStart: (listener) => {
      world.startListeners.add(listener);
      return () => void world.startListeners.delete(listener);
    },
    setStats: (name, stats) => behaviour.setStats(name, stats),
    setProcesses: (name, processes) => behaviour.setProcesses(name, processes),
    putImage: (image, where) => {
      const [reference, inspect] = imageFrom(image);
      (where === 'engine' ? world.images : world.registry).set(reference, inspect);
    },
    archives: (container) => requireContainer(world, container).archives,
    input: behaviour.input,
    get openEventStreams(): number {
      return world.events.openStreams;
    },
    loseEventStreams: () => world.events.endAll('lost'),
    die: () => {
      gate.fail(() => true, new EngineError('unreachable', 'the engine does not answer'), Number.POSITIVE_INFINITY);
      world.events.endAll('lost');
    },
  };
}
