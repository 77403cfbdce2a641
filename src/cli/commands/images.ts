import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `images`. */
export interface ImagesFlags {
  readonly format?: string;
  readonly quiet?: boolean;
}

/** `topsail images`: what the containers were made from. */
export const imagesCommand: CommandDefinition = {
  name: 'images',
  define: (command, run) => {
    command
      .description('list the images that the containers were made from')
      .argument('[services...]', 'only these')
      .option('--format <format>', 'table or json')
      .option('-q, --quiet', 'only ids')
      .action((services: readonly string[], flags: ImagesFlags) =>
        run(async (session) => (await import('../run/images.ts')).runImages(session, services, flags)),
      );
  },
};
