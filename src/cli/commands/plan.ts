import type { CommandDefinition } from '../command-definition.ts';
import { namedSwitch } from '../named-switch.ts';
import { collect } from '../root-flags.ts';

/** Flags of `plan`. */
export interface PlanFlags {
  readonly json?: boolean;
  readonly showValues?: boolean;
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
  readonly build?: boolean;
  readonly wait?: boolean;
}

/** `topsail plan`: what `up` would do, and why. */
export const planCommand: CommandDefinition = {
  name: 'plan',
  define: (command, run) => {
    command
      .description('show what up would do and why; exit 0 if nothing, 2 if something')
      .argument('[services...]', 'only these and what they depend on')
      .option('--json', 'as JSON')
      .option('--show-values', 'show values of environment variables')
      .option('--force-recreate', 'as up --force-recreate')
      .option('--no-recreate', 'as up --no-recreate')
      .option('--always-recreate-deps', 'as up --always-recreate-deps')
      .option('--no-deps', 'as up --no-deps')
      .option('--scale <service=number>', 'as up --scale', collect)
      .option('--remove-orphans', 'as up --remove-orphans')
      .option('--no-start', 'as up --no-start')
      .option('-V, --renew-anon-volumes', 'as up --renew-anon-volumes')
      .option('--pull <policy>', 'as up --pull')
      .option('--build', 'as up --build')
      .addOption(namedSwitch('--no-build', 'as up --no-build'))
      .option('--wait', 'as up --wait')
      .action((services: readonly string[], flags: PlanFlags) =>
        run(async (session) => (await import('../run/plan.ts')).runPlan(session, services, flags)),
      );
  },
};
