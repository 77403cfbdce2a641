import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `restart`. */
export interface RestartFlags {
  readonly timeout?: number;
  /** `--no-deps` */
  readonly deps?: boolean;
}

/** `topsail restart`: restarts containers in place. */
export const restartCommand: CommandDefinition = {
  name: 'restart',
  define: (command, run) => {
    command
      .description('restart containers in place, dependencies first')
      .argument('[services...]', 'only these and those that restart with them')
      .option('-t, --timeout <seconds>', 'grace period of every container', parseInteger)
      .option('--no-deps', 'leave services alone that would restart with them')
      .action((services: readonly string[], flags: RestartFlags) =>
        run(async (session) => (await import('../run/restart.ts')).runRestart(session, services, flags)),
      );
  },
};
