import type { Reporter } from './reporter.ts';
import type { TextOutput } from './text-output.ts';

/** Writes every event as one line of JSON (schemas/events.schema.json): `--progress json`. */
export function createJsonReporter(output: TextOutput): Reporter {
  return {
    sink: (event) => output.write(`${JSON.stringify(event)}\n`),
    interrupt: (write) => write(),
    close: () => Promise.resolve(),
  };
}
