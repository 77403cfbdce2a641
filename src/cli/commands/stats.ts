import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `stats`. */
export interface StatsFlags {
  readonly all?: boolean;
  readonly format?: string;
  /** `--no-stream` */
  readonly stream?: boolean;
  /** `--no-trunc` */
  readonly trunc?: boolean;
}

/** `topsail stats`: what containers use. */
export const statsCommand: CommandDefinition = {
  name: 'stats',
  define: (command, run) => {
    command
      .description('show what containers use, again and again')
      .argument('[service]', 'only this one')
      .option('-a, --all', 'stopped containers too')
      .option('--format <format>', 'table, json, or a template such as {{.Name}}')
      .option('--no-stream', 'only once')
      .option('--no-trunc', 'whole ids')
      .action((service: string | undefined, flags: StatsFlags) =>
        run(async (session) => (await import('../run/stats.ts')).runStats(session, service, flags)),
      );
  },
};
