import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `export`. */
export interface ExportFlags {
  readonly index?: number;
  readonly output?: string;
}

/** `topsail export`: a container's file system. */
export const exportCommand: CommandDefinition = {
  name: 'export',
  ignoresSurplus: true,
  define: (command, run) => {
    command
      .description("write a container's file system as a tar archive")
      .argument('<service>', 'the service')
      .option('--index <number>', 'the container of the service with this number', parseInteger)
      .option('-o, --output <path>', 'write to this file instead of stdout')
      .action((service: string, flags: ExportFlags) =>
        run(async (session) => (await import('../run/export.ts')).runExport(session, service, flags)),
      );
  },
};
