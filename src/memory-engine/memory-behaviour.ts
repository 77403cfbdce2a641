import type { ContainerProcesses, ContainerStats } from '../engine/container.ts';
import type { ExecRequest, OutputChunk } from '../engine/engine.ts';
import type { MemoryContainer } from './world.ts';

/** How an exec went. */
export interface ExecOutcome {
  readonly exitCode: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What a test says an exec in a container does. A promise keeps it running; the signal aborts when the session is closed. */
export type ExecHandler = (
  container: { readonly id: string; readonly name: string },
  request: ExecRequest,
  signal: AbortSignal,
) => ExecOutcome | Promise<ExecOutcome>;

/** What the processes inside containers do, which only the test can say. */
export class MemoryBehaviour {
  exec: ExecHandler | undefined;
  /** What was written to attached containers and execs, by container name, in order. */
  readonly input: { readonly container: string; readonly data: Uint8Array }[] = [];
  readonly #stopExitCodes = new Map<string, number>();
  readonly #stats = new Map<string, ContainerStats>();
  readonly #processes = new Map<string, ContainerProcesses>();

  /** The exit code of a process that is asked to stop. Default 0. */
  stopExitCode(container: MemoryContainer): number {
    return this.#stopExitCodes.get(container.name) ?? 0;
  }

  setStopExitCode(name: string, exitCode: number): void {
    this.#stopExitCodes.set(name, exitCode);
  }

  stats(container: MemoryContainer): ContainerStats {
    const stats = this.#stats.get(container.name);
    if (stats === undefined) throw new TypeError(`the test has not said what container ${container.name} uses`);
    return stats;
  }

  /** A container whose processes the test has not told runs one, its command. */
  processes({ name, config }: MemoryContainer): ContainerProcesses {
    const command = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].join(' ');
    return this.#processes.get(name) ?? { Titles: ['UID', 'PID', 'CMD'], Processes: [['root', '1', command]] };
  }

  setProcesses(name: string, processes: ContainerProcesses): void {
    this.#processes.set(name, processes);
  }

  setStats(name: string, stats: ContainerStats): void {
    this.#stats.set(name, stats);
  }
}

/** Text as one piece of output. */
export function outputChunk(stream: OutputChunk['stream'], text: string): OutputChunk {
  return { stream, data: new TextEncoder().encode(text) };
}
