import type { CommandDefinition } from '../command-definition.ts';
import { collect } from '../root-flags.ts';

/** Flags of `ls`. */
export interface LsFlags {
  readonly all?: boolean;
  readonly filter?: readonly string[];
  readonly format?: string;
  readonly quiet?: boolean;
}

/** `topsail ls`: the projects on the engine. */
export const lsCommand: CommandDefinition = {
  name: 'ls',
  define: (command, run) => {
    command
      .description('list the projects that have containers on the engine')
      .option('-a, --all', 'those without a running container too')
      .option('--filter <filter>', 'name=EXPRESSION, a regular expression', collect)
      .option('--format <format>', 'table or json')
      .option('-q, --quiet', 'only names')
      .action((flags: LsFlags) => run(async (session) => (await import('../run/ls.ts')).runLs(session, flags)));
  },
};
