import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `volumes`. */
export interface VolumesFlags {
  readonly format?: string;
  readonly quiet?: boolean;
}

/** `topsail volumes`: the volumes of the project. */
export const volumesCommand: CommandDefinition = {
  name: 'volumes',
  define: (command, run) => {
    command
      .description("list the project's volumes")
      .argument('[services...]', 'only those that running containers of these mount')
      .option('--format <format>', 'table, json, raw, or a template such as {{.Name}}')
      .option('-q, --quiet', 'only names')
      .action((services: readonly string[], flags: VolumesFlags) =>
        run(async (session) => (await import('../run/volumes.ts')).runVolumes(session, services, flags)),
      );
  },
};
