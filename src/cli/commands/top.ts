import type { CommandDefinition } from '../command-definition.ts';

/** `topsail top`: the processes of the project. */
export const topCommand: CommandDefinition = {
  name: 'top',
  define: (command, run) => {
    command
      .description('list the processes inside running containers')
      .argument('[services...]', 'only these')
      .action((services: readonly string[]) =>
        run(async (session) => (await import('../run/top.ts')).runTop(session, services)),
      );
  },
};
