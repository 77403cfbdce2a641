import type { LogRequest, OutputChunk } from '../engine/engine.ts';
import { throwIfAborted } from './call-gate.ts';

interface LoggedChunk {
  readonly chunk: OutputChunk;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a container has written, as its log driver keeps it. */
export class OutputLog {
  readonly #lines: LoggedChunk[] = [];
  readonly #listeners = new Set<() => void>();
  #open = false;
  #stops = 0;

  /** A started container: those who follow stay on. */
  open(): void {
    this.#open = true;
  }

  /** A stopped container: those who follow get the rest, then end. */
  close(): void {
    this.#open = false;
    this.#stops += 1;
    this.#wake();
  }

  append(chunk: OutputChunk, at: number): void {
    this.#lines.push({ chunk, at });
    this.#wake();
  }

  /** The chunks a request asks for; a followed log ends when the container stops. */
  async *read(request: LogRequest, signal: AbortSignal | undefined): AsyncGenerator<OutputChunk, void, undefined> {
    let next = this.#first(request);
    for (;;) {
      throwIfAborted(signal);
      const line = this.#lines[next];
      if (line !== undefined) {
        next += 1;
        if (request.since === undefined || line.at / 1000 >= Number(request.since)) yield rendered(line, request);
      } else if (request.follow === true && this.#open) {
        await this.#change(signal);
      } else {
        return;
      }
    }
  }

  /** What is written from now on, also before the start, until the container next stops; with `all` also what came before. */
  live(all: boolean, signal: AbortSignal | undefined): AsyncGenerator<OutputChunk, void, undefined> {
    // From the call on, whenever the first chunk is asked for.
    return this.#liveFrom(all ? 0 : this.#lines.length, this.#stops, signal);
  }

  async *#liveFrom(
    first: number,
    stops: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<OutputChunk, void, undefined> {
    let next = first;
    for (;;) {
      throwIfAborted(signal);
      const line = this.#lines[next];
      if (line !== undefined) {
        next += 1;
        yield line.chunk;
      } else if (this.#stops === stops) {
        await this.#change(signal);
      } else {
        return;
      }
    }
  }

  #first(request: LogRequest): number {
    if (request.tail === undefined || request.tail === 'all') return 0;
    return Math.max(0, this.#lines.length - Number(request.tail));
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        this.#listeners.delete(listener);
        signal?.removeEventListener('abort', listener);
        resolve();
      };
      this.#listeners.add(listener);
      signal?.addEventListener('abort', listener, { once: true });
    });
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function rendered(line: LoggedChunk, request: LogRequest): OutputChunk {
  if (request.timestamps !== true) return line.chunk;
  const stamp = new TextEncoder().encode(`${new Date(line.at).toISOString()} `);
  const data = new Uint8Array(stamp.length + line.chunk.data.length);
  data.set(stamp);
  data.set(line.chunk.data, stamp.length);
  return { stream: line.chunk.stream, data };
}
