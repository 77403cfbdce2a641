import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `explain`. */
export interface ExplainFlags {
  readonly json?: boolean;
}

/** `topsail explain`: where a value comes from. */
export const explainCommand: CommandDefinition = {
  name: 'explain',
  define: (command, run) => {
    command
      .description(
        'show where a value of the project comes from, by file and line, and what it overrode; needs no engine',
      )
      .argument('<paths...>', 'such as services.web.environment.FOO, services.web.ports[1] or all of services.web')
      .option('--json', 'as JSON')
      .action((paths: readonly string[], flags: ExplainFlags) =>
        run(async (session) => (await import('../run/explain.ts')).runExplain(session, paths, flags)),
      );
  },
};
