import type { Attachment, CallOptions } from '../engine/engine.ts';

/** A process in a container that someone talks with. Whoever has it owns the other end: keys, size of the terminal, signals. */
export interface InteractiveProcess extends Attachment {
  /** Whether it has a terminal: then its output is one stream, and it has a size. */
  readonly terminal: boolean;
  resize(columns: number, rows: number, call?: CallOptions): Promise<void>;
  /** The exit code, once the output has ended. */
  exitCode(): Promise<number>;
}

/** Lines and columns of a terminal. */
export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}
