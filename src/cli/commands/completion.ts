import type { CommandDefinition } from '../command-definition.ts';

/** `topsail completion`: what a shell needs to complete commands, flags and services. */
export const completionCommand: CommandDefinition = {
  name: 'completion',
  define: (command, run) => {
    command
      .description('print the script that completes commands, flags and services in a shell')
      .argument('<shell>', 'bash, zsh or fish')
      .action((shell: string) =>
        run(async (session) => (await import('../run/completion.ts')).runCompletion(session, shell)),
      );
  },
};
