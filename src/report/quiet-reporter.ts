import type { Reporter } from './reporter.ts';

/** Shows nothing: `--progress quiet`. Errors still reach the user, they are no progress. */
export function createQuietReporter(): Reporter {
  return { sink: () => {}, interrupt: (write) => write(), close: () => Promise.resolve() };
}
