import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { namedSwitch } from '../named-switch.ts';
import { collect, parseInteger } from '../root-flags.ts';

/** Flags of `up`. */
export interface UpFlags {
  readonly detach?: boolean;
  readonly wait?: boolean;
  readonly waitTimeout?: number;
  readonly forceRecreate?: boolean;
  /** `--no-recreate` */
  readonly recreate?: boolean;
  readonly alwaysRecreateDeps?: boolean;
  /** `--no-deps` */
  readonly deps?: boolean;
  readonly scale?: readonly string[];
  readonly removeOrphans?: boolean;
  /** `--no-start` */
  readonly start?: boolean;
  readonly renewAnonVolumes?: boolean;
  readonly pull?: string;
  readonly timeout?: number;
  readonly timeline?: string | boolean;
  /** `--no-color` */
  readonly color?: boolean;
  /** `--no-log-prefix` */
  readonly logPrefix?: boolean;
  readonly timestamps?: boolean;
  /** `false` if only `--no-attach` was given, which is no negation but a list of its own. */
  readonly attach?: readonly string[] | false;
  readonly withoutAttach: readonly string[];
  readonly attachDependencies?: boolean;
  readonly abortOnContainerExit?: boolean;
  readonly abortOnContainerFailure?: boolean;
  readonly exitCodeFrom?: string;
  readonly menu?: boolean;
  readonly watch?: boolean;
  readonly yes?: boolean;
  /** The old name of `--yes`. */
  readonly y?: boolean;
  readonly quietPull?: boolean;
  readonly quietBuild?: boolean;
  readonly build?: boolean;
  readonly noBuild?: boolean;
  readonly strict?: boolean;
  readonly instance?: string;
  readonly isolate?: 'warn' | 'strict';
}

/** `topsail up`: brings the project up. */
export const upCommand: CommandDefinition = {
  name: 'up',
  define: (command, run) => {
    const withoutAttach: string[] = [];
    const leaveOut = (service: string, attached: readonly string[] | false): readonly string[] | false => {
      withoutAttach.push(service);
      return attached;
    };
    command
      .description('create and start the project, dependencies first')
      .argument('[services...]', 'only these and what they depend on')
      .option('-d, --detach', 'leave the containers running and return')
      .option('--wait', 'return once everything runs and is healthy; implies -d')
      .option('--wait-timeout <seconds>', 'longest time of every wait', parseInteger)
      .option('--force-recreate', 'recreate containers although nothing changed')
      .option('--no-recreate', 'keep containers although something changed')
      .option('--always-recreate-deps', 'recreate dependencies too')
      .option('--no-deps', 'leave dependencies alone')
      .option('--scale <service=number>', 'number of containers of a service, may be repeated', collect)
      .option('--strict', 'an unset variable without a default is an error')
      .option('--remove-orphans', 'remove containers of services the file does not define')
      .option('--no-start', 'create everything and start nothing')
      .option('-V, --renew-anon-volumes', 'recreate anonymous volumes instead of taking them over')
      .option('--pull <policy>', 'always, missing or never, in place of the policies of the file')
      .option('--build', 'build images before starting, also those that are there')
      .addOption(namedSwitch('--no-build', 'build no image, even one that is missing'))
      .option('--quiet-build', 'do not show the steps of builds')
      .option('--quiet-pull', 'do not show the layers of pulls')
      .option(
        '-t, --timeout <seconds>',
        'grace period of containers that are replaced or, attached, stopped',
        parseInteger,
      )
      .option('--timeline [file]', 'show who waited for whom, as text or into an .svg or .html file')
      .option('--no-color', 'logs without colours')
      .option('--no-log-prefix', 'logs without names')
      .option('--timestamps', 'logs with times')
      .option('--attach <service>', 'show the logs of this service only, may be repeated', collect)
      .option('--no-attach <service>', 'leave the logs of this service out, may be repeated', leaveOut)
      .option('--menu', 'take keys on a terminal (default; --menu=false does not)')
      .option('-w, --watch', 'comes in a later version')
      .option('--attach-dependencies', 'show the logs of dependencies too')
      .option('--abort-on-container-exit', 'stop everything when a container exits')
      .option('--abort-on-container-failure', 'stop everything when a container exits with another code than 0')
      .option('--exit-code-from <service>', "return this service's exit code; stops everything when a container exits")
      .option('--instance <name>', 'bring up a copy beside others: its name, or auto for a new one')
      .addOption(
        new Option('--isolate <how>', 'what a copy would share with others is told (warn) or refused (strict)').choices(
          ['warn', 'strict'],
        ),
      )
      .option('-y, --yes', 'answer every question with yes')
      .addOption(new Option('--y').hideHelp())
      .action((services: readonly string[], flags: Omit<UpFlags, 'withoutAttach'>) =>
        run(async (session) => (await import('../run/up.ts')).runUp(session, services, { ...flags, withoutAttach })),
      );
  },
};
