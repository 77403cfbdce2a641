import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `install`. */
export interface InstallFlags {
  readonly dockerPlugin?: boolean;
  readonly undo?: boolean;
}

/** `topsail install`: makes `docker compose` call Topsail. */
export const installCommand: CommandDefinition = {
  name: 'install',
  define: (command, run) => {
    command
      .description('make docker compose call Topsail, and undo that')
      .option('--docker-plugin', "link Topsail into the folder of the Docker client's plugins of this user")
      .option('--undo', 'remove the link and bring back what was there before')
      .action((flags: InstallFlags) =>
        run(async (session) => (await import('../run/install.ts')).runInstall(session, flags)),
      );
  },
};
