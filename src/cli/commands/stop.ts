import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `stop`. */
export interface StopFlags {
  readonly timeout?: number;
}

/** `topsail stop`: stops containers and keeps them. */
export const stopCommand: CommandDefinition = {
  name: 'stop',
  define: (command, run) => {
    command
      .description('stop containers and keep them, dependents first')
      .argument('[services...]', 'only these')
      .option('-t, --timeout <seconds>', 'grace period of every container', parseInteger)
      .action((services: readonly string[], flags: StopFlags) =>
        run(async (session) => (await import('../run/stop.ts')).runStop(session, services, flags)),
      );
  },
};
