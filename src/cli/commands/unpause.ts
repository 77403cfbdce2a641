import type { CommandDefinition } from '../command-definition.ts';

/** `topsail unpause`: lets paused containers go on. */
export const unpauseCommand: CommandDefinition = {
  name: 'unpause',
  define: (command, run) => {
    command
      .description('let paused containers go on')
      .argument('[services...]', 'only these')
      .action((services: readonly string[]) =>
        run(async (session) => (await import('../run/pause.ts')).runUnpause(session, services)),
      );
  },
};
