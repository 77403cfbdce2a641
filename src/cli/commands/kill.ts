import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `kill`. */
export interface KillFlags {
  readonly signal?: string;
  readonly removeOrphans?: boolean;
}

/** `topsail kill`: sends a signal to running containers. */
export const killCommand: CommandDefinition = {
  name: 'kill',
  define: (command, run) => {
    command
      .description('end containers at once, or send them a signal')
      .argument('[services...]', 'only these')
      .option('-s, --signal <signal>', 'signal to send in place of SIGKILL')
      .option('--remove-orphans', 'containers of services the file does not define too')
      .action((services: readonly string[], flags: KillFlags) =>
        run(async (session) => (await import('../run/kill.ts')).runKill(session, services, flags)),
      );
  },
};
