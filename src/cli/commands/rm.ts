import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `rm`. */
export interface RmFlags {
  readonly force?: boolean;
  readonly stop?: boolean;
  readonly volumes?: boolean;
}

/** `topsail rm`: removes containers that do not run. */
export const rmCommand: CommandDefinition = {
  name: 'rm',
  define: (command, run) => {
    command
      .description('remove containers that do not run')
      .argument('[services...]', 'only these')
      .option('-f, --force', 'do not ask')
      .option('-s, --stop', 'stop containers that run and remove them too')
      .option('-v, --volumes', 'remove anonymous volumes too')
      .addOption(command.createOption('-a, --all').hideHelp())
      .action((services: readonly string[], flags: RmFlags) =>
        run(async (session) => (await import('../run/rm.ts')).runRm(session, services, flags)),
      );
  },
};
