import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `cp`. */
export interface CpFlags {
  readonly all?: boolean;
  readonly archive?: boolean;
  readonly followLink?: boolean;
  readonly index?: number;
}

/** `topsail cp`: files in and out of containers. */
export const cpCommand: CommandDefinition = {
  name: 'cp',
  define: (command, run) => {
    command
      .description('copy files between containers and this machine')
      .argument('<source>', 'SERVICE:PATH or PATH, or - for an archive from stdin')
      .argument('<destination>', 'PATH or SERVICE:PATH, or - for an archive on stdout')
      .option('--all', 'one-off containers of the service too')
      .option('-a, --archive', 'keep owners')
      .option('-L, --follow-link', 'copy what a link at the source leads to')
      .option('--index <number>', 'only the container of the service with this number', parseInteger)
      .action((source: string, destination: string, flags: CpFlags) =>
        run(async (session) => (await import('../run/cp.ts')).runCp(session, source, destination, flags)),
      );
  },
};
