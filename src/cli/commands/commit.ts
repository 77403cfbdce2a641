import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { collect, parseInteger } from '../root-flags.ts';

/** Flags of `commit`. */
export interface CommitFlags {
  readonly author?: string;
  readonly change?: readonly string[];
  readonly index?: number;
  readonly message?: string;
  readonly pause?: boolean;
}

/** `topsail commit`: an image of a container. */
export const commitCommand: CommandDefinition = {
  name: 'commit',
  define: (command, run) => {
    command
      .description('make an image of a running container')
      .argument('<service>', 'the service')
      .argument('[reference]', 'name of the image, with or without a tag')
      .option('-a, --author <author>', 'who made it')
      .option('-c, --change <instruction>', 'instruction of a Dockerfile, may be repeated', collect)
      .option('--index <number>', 'the container of the service with this number', parseInteger)
      .option('-m, --message <text>', 'what changed')
      .addOption(new Option('-p, --pause', 'let the container rest meanwhile; =false lets it run').default(true))
      .action((service: string, reference: string | undefined, flags: CommitFlags) =>
        run(async (session) => (await import('../run/commit.ts')).runCommit(session, service, reference, flags)),
      );
  },
};
