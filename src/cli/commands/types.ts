import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `types`. */
export interface TypesFlags {
  readonly output?: string;
}

/** `topsail types`: the names and ports of a compose file, for the compiler. */
export const typesCommand: CommandDefinition = {
  name: 'types',
  define: (command, run) => {
    command
      .description('write a TypeScript declaration of the services and ports of a compose file, for topsail/testing')
      .argument('[files...]', 'the compose file, and more files that are merged over it; default as for -f')
      .option('-o, --output <file>', 'where to; - is standard output; default FILE.d.ts')
      .action((files: readonly string[], flags: TypesFlags) =>
        run(async (session) => (await import('../run/types.ts')).runTypes(session, files, flags)),
      );
  },
};
