import type { CommandDefinition } from '../command-definition.ts';

/** `topsail pause`: freezes running containers. */
export const pauseCommand: CommandDefinition = {
  name: 'pause',
  define: (command, run) => {
    command
      .description('freeze running containers')
      .argument('[services...]', 'only these')
      .action((services: readonly string[]) =>
        run(async (session) => (await import('../run/pause.ts')).runPause(session, services)),
      );
  },
};
