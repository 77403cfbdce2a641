import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `graph`. */
export interface GraphFlags {
  readonly format?: string;
}

/** `topsail graph`: who depends on whom. */
export const graphCommand: CommandDefinition = {
  name: 'graph',
  define: (command, run) => {
    command
      .description('show which service depends on which, with the critical path; needs no engine')
      .argument('[services...]', 'only these and what they depend on')
      .option('--format <format>', 'tree, mermaid or dot')
      .action((services: readonly string[], flags: GraphFlags) =>
        run(async (session) => (await import('../run/graph.ts')).runGraph(session, services, flags)),
      );
  },
};
