import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `start`. */
export interface StartFlags {
  readonly wait?: boolean;
  readonly waitTimeout?: number;
}

/** `topsail start`: starts containers that exist. */
export const startCommand: CommandDefinition = {
  name: 'start',
  define: (command, run) => {
    command
      .description('start containers that exist, dependencies first')
      .argument('[services...]', 'only these and what they depend on')
      .option('--wait', 'return once everything runs and is healthy')
      .option('--wait-timeout <seconds>', 'longest time of every wait', parseInteger)
      .action((services: readonly string[], flags: StartFlags) =>
        run(async (session) => (await import('../run/start.ts')).runStart(session, services, flags)),
      );
  },
};
