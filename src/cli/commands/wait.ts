import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `wait`. */
export interface WaitFlags {
  readonly downProject?: boolean;
}

/** `topsail wait`: waits for containers to exit. */
export const waitCommand: CommandDefinition = {
  name: 'wait',
  define: (command, run) => {
    command
      .description('wait until running containers have exited, and return the exit code of the last one')
      .argument('<services...>', 'of these services')
      .option('--down-project', 'take the project down afterwards')
      .action((services: readonly string[], flags: WaitFlags) =>
        run(async (session) => (await import('../run/wait.ts')).runWait(session, services, flags)),
      );
  },
};
