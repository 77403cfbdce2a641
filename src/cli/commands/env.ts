import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `env`. */
export interface EnvFlags {
  readonly format: 'shell' | 'dotenv' | 'json';
  readonly instance?: string;
}

/** `topsail env`: where the services of the project, or of a copy, are reached. */
export const envCommand: CommandDefinition = {
  name: 'env',
  define: (command, run) => {
    command
      .description('print where services are reached, as variables for a shell')
      .argument('[services...]', 'only these')
      .option('--instance <name>', 'those of this copy')
      .addOption(
        new Option('--format <format>', 'shell, dotenv or json').choices(['shell', 'dotenv', 'json']).default('shell'),
      )
      .action((services: readonly string[], flags: EnvFlags) =>
        run(async (session) => (await import('../run/env.ts')).runEnv(session, services, flags)),
      );
  },
};
