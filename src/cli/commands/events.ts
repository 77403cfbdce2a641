import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `events`. */
export interface EventsFlags {
  readonly json?: boolean;
  readonly since?: string;
  readonly until?: string;
}

/** `topsail events`: what happens to the containers. */
export const eventsCommand: CommandDefinition = {
  name: 'events',
  define: (command, run) => {
    command
      .description('show what happens to the containers, as it happens')
      .argument('[services...]', 'only these')
      .option('--json', 'an object a line')
      .option('--since <time>', 'from this time, such as 2026-01-02T03:04:05Z or 10m')
      .option('--until <time>', 'up to this time')
      .action((services: readonly string[], flags: EventsFlags) =>
        run(async (session) => (await import('../run/events.ts')).runEvents(session, services, flags)),
      );
  },
};
