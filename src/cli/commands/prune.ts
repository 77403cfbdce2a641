import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `prune`. */
export interface PruneFlags {
  readonly format: 'table' | 'json';
}

/** `topsail prune`: removes what killed processes left. */
export const pruneCommand: CommandDefinition = {
  name: 'prune',
  define: (command, run) => {
    command
      .description('remove leased copies that no living process holds; every command does so for most of them')
      .addOption(new Option('--format <format>', 'table or json').choices(['table', 'json']).default('table'))
      .action((flags: PruneFlags) =>
        run(async (session) => (await import('../run/prune.ts')).runPrune(session, flags)),
      );
  },
};
