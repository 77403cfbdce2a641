import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `logs`. */
export interface LogsFlags {
  readonly follow?: boolean;
  readonly tail?: string;
  readonly since?: string;
  readonly until?: string;
  readonly timestamps?: boolean;
  /** `--no-color` */
  readonly color?: boolean;
  /** `--no-log-prefix` */
  readonly logPrefix?: boolean;
  readonly index?: number;
  readonly format?: string;
}

/** `topsail logs`: what the containers wrote. */
export const logsCommand: CommandDefinition = {
  name: 'logs',
  define: (command, run) => {
    command
      .description('show what the containers wrote')
      .argument('[services...]', 'only these')
      .option('-f, --follow', 'go on with what they write from now on')
      .option('-n, --tail <lines>', 'number of last lines of each container, or all')
      .option('--since <time>', 'from this time, such as 2026-01-02T03:04:05Z or 10m')
      .option('--until <time>', 'up to this time')
      .option('-t, --timestamps', 'with times')
      .option('--no-color', 'without colours')
      .option('--no-log-prefix', 'without names')
      .option('--index <number>', 'only this container of the service', parseInteger)
      .option('--format <format>', 'text, or json for an object a line')
      .action((services: readonly string[], flags: LogsFlags) =>
        run(async (session) => (await import('../run/logs.ts')).runLogs(session, services, flags)),
      );
  },
};
