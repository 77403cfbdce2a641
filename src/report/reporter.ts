import type { EventSink } from '../events/event.ts';

/** One way of showing what happens. Purely a consumer of events: nothing waits on it. */
export interface Reporter {
  readonly sink: EventSink;
  /** Runs a write to the same terminal (a log line) while live rows are out of the way. */
  readonly interrupt: (write: () => void) => void;
  /** Draws the last state and gives the terminal back. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** The formats of `--progress`, `auto` resolved. */
export type ReportFormat = 'tty' | 'plain' | 'json' | 'quiet';
