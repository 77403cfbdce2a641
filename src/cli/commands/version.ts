import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `version`. */
export interface VersionFlags {
  readonly format?: string;
  readonly short?: boolean;
}

/** `topsail version`: which version this is. */
export const versionCommand: CommandDefinition = {
  name: 'version',
  define: (command, run) => {
    command
      .description('show the version of Topsail')
      .option('-f, --format <format>', 'pretty or json')
      .option('--short', 'only the number')
      .action((flags: VersionFlags) =>
        run(async (session) => (await import('../run/version.ts')).runVersion(session, flags)),
      );
  },
};
