import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `push`. */
export interface PushFlags {
  readonly quiet?: boolean;
  readonly includeDeps?: boolean;
  readonly ignorePushFailures?: boolean;
}

/** `topsail push`: pushes what the services build. */
export const pushCommand: CommandDefinition = {
  name: 'push',
  define: (command, run) => {
    command
      .description('push the images that the services build')
      .argument('[services...]', 'only these')
      .option('-q, --quiet', 'show errors only')
      .option('--include-deps', 'those of what they depend on too')
      .option('--ignore-push-failures', 'push what can be pushed and exit with 0')
      .action((services: readonly string[], flags: PushFlags) =>
        run(async (session) => (await import('../run/push.ts')).runPush(session, services, flags)),
      );
  },
};
