import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `scale`. */
export interface ScaleFlags {
  /** `--no-deps` */
  readonly deps?: boolean;
}

/** `topsail scale`: sets numbers of containers. */
export const scaleCommand: CommandDefinition = {
  name: 'scale',
  define: (command, run) => {
    command
      .description('set the number of containers of services')
      .argument('<service=number...>', 'how many of which service')
      .option('--no-deps', 'leave dependencies alone')
      .action((specifiers: readonly string[], flags: ScaleFlags) =>
        run(async (session) => (await import('../run/scale.ts')).runScale(session, specifiers, flags)),
      );
  },
};
