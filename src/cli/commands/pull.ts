import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `pull`. */
export interface PullFlags {
  readonly quiet?: boolean;
  readonly includeDeps?: boolean;
  readonly ignorePullFailures?: boolean;
  readonly ignoreBuildable?: boolean;
  readonly policy?: string;
  /** `--parallel` and `--no-parallel`, which mean nothing any more. */
  readonly parallel?: boolean;
}

/** `topsail pull`: pulls the images of the services. */
export const pullCommand: CommandDefinition = {
  name: 'pull',
  define: (command, run) => {
    command
      .description('pull the images of the services')
      .argument('[services...]', 'only these')
      .option('-q, --quiet', 'show errors only')
      .option('--include-deps', 'those of what they depend on too')
      .option('--ignore-pull-failures', 'pull what can be pulled and exit with 0')
      .option('--ignore-buildable', 'leave out images that can be built')
      .option('--policy <policy>', 'missing or always, in place of the policies of the file')
      .addOption(new Option('--parallel').hideHelp())
      .addOption(new Option('--no-parallel').hideHelp())
      .action((services: readonly string[], flags: PullFlags) =>
        run(async (session) => (await import('../run/pull.ts')).runPull(session, services, flags)),
      );
  },
};
