import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { namedSwitch } from '../named-switch.ts';
import { collect } from '../root-flags.ts';

/** Flags of `create`. */
export interface CreateFlags {
  readonly build?: boolean;
  readonly noBuild?: boolean;
  readonly quietBuild?: boolean;
  readonly forceRecreate?: boolean;
  /** `--no-recreate` */
  readonly recreate?: boolean;
  readonly pull?: string;
  readonly quietPull?: boolean;
  readonly removeOrphans?: boolean;
  readonly scale?: readonly string[];
  readonly yes?: boolean;
  /** The old name of `--yes`. */
  readonly y?: boolean;
}

/** `topsail create`: creates everything and starts nothing. */
export const createCommand: CommandDefinition = {
  name: 'create',
  define: (command, run) => {
    command
      .description('create the project and start nothing')
      .argument('[services...]', 'only these and what they depend on')
      .option('--build', 'build images, also those that are there')
      .addOption(namedSwitch('--no-build', 'build no image, even one that is missing'))
      .option('--force-recreate', 'recreate containers although nothing changed')
      .option('--no-recreate', 'keep containers although something changed')
      .option('--pull <policy>', 'always, missing or never, in place of the policies of the file')
      .option('--quiet-build', 'do not show the steps of builds')
      .option('--quiet-pull', 'do not show the layers of pulls')
      .option('--remove-orphans', 'remove containers of services the file does not define')
      .option('--scale <service=number>', 'number of containers of a service, may be repeated', collect)
      .option('-y, --yes', 'answer every question with yes')
      .addOption(new Option('--y').hideHelp())
      .action((services: readonly string[], flags: CreateFlags) =>
        run(async (session) => {
          const { bringUp } = await import('../run/up.ts');
          return bringUp(session, 'create', services, { ...flags, start: false, withoutAttach: [] });
        }),
      );
  },
};
