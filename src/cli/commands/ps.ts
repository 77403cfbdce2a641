import type { CommandDefinition } from '../command-definition.ts';
import { collect } from '../root-flags.ts';

/** Flags of `ps`. */
export interface PsFlags {
  readonly all?: boolean;
  readonly filter?: string;
  readonly status?: readonly string[];
  readonly format?: string;
  readonly quiet?: boolean;
  readonly services?: boolean;
  /** `--no-orphans`, or `--orphans=false`. */
  readonly orphans?: boolean;
  /** `--no-trunc` */
  readonly trunc?: boolean;
  readonly usage?: boolean;
}

/** `topsail ps`: the containers of the project. */
export const psCommand: CommandDefinition = {
  name: 'ps',
  define: (command, run) => {
    command
      .description("list the project's containers")
      .argument('[services...]', 'only these')
      .option('-a, --all', 'stopped ones and one-offs too')
      .option('--filter <filter>', 'status=X')
      .option('--status <status>', 'only in this state, may be repeated', collect)
      .option('--format <format>', 'table, json, or a template such as {{.Name}}')
      .option('-q, --quiet', 'only ids')
      .option('--services', 'only names of services')
      .option('--orphans', 'containers of services the file does not define too (default true)')
      .option('--no-orphans', 'only services of the file')
      .option('--no-trunc', 'whole ids and commands')
      .option('--usage', 'use of processor, memory and processes against their limits')
      .action((services: readonly string[], flags: PsFlags) =>
        run(async (session) => (await import('../run/ps.ts')).runPs(session, services, flags)),
      );
  },
};
