import type { LogSource } from '../events/event.ts';

/** One line that a container wrote, without its end. */
export interface LogLine {
  readonly source: LogSource;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** When the engine got it: RFC 3339 in UTC with nine digits of a second, so that text order is time order. */
  readonly timestamp: string;
}
