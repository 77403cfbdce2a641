import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { parseInteger } from '../root-flags.ts';

/** Flags of `down`. */
export interface DownFlags {
  readonly volumes?: boolean;
  /** The old name of `--volumes`. */
  readonly volume?: boolean;
  readonly timeout?: number;
  readonly removeOrphans?: boolean;
  readonly rmi?: string;
  readonly instance?: string;
}

/** `topsail down`: takes the project down. */
export const downCommand: CommandDefinition = {
  name: 'down',
  define: (command, run) => {
    command
      .description('stop and remove containers and networks, dependents first')
      .argument('[services...]', 'only these')
      .option('-v, --volumes', 'remove named and anonymous volumes too')
      .option('-t, --timeout <seconds>', 'grace period of every container', parseInteger)
      .option('--remove-orphans', 'remove containers of services the file does not define')
      .option('--instance <name>', 'take this copy down')
      .option(
        '--rmi <which>',
        'remove images too: local for those built for the project, all for those its services name too',
      )
      .addOption(new Option('--volume').hideHelp())
      .action((services: readonly string[], flags: DownFlags) =>
        run(async (session) => (await import('../run/down.ts')).runDown(session, services, flags)),
      );
  },
};
