import { Option } from 'commander';
import type { CommandDefinition } from '../command-definition.ts';
import { collect } from '../root-flags.ts';

/** Flags of `build`. */
export interface BuildFlags {
  readonly buildArg?: readonly string[];
  readonly builder?: string;
  readonly check?: boolean;
  readonly memory?: string;
  /** `--no-cache` */
  readonly cache?: boolean;
  readonly print?: boolean;
  /** As `--progress` before the command. */
  readonly progress?: string;
  readonly provenance?: string;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly quiet?: boolean;
  readonly sbom?: string;
  readonly ssh?: string;
  readonly withDependencies?: boolean;
}

/** `topsail build`: builds images. */
export const buildCommand: CommandDefinition = {
  name: 'build',
  define: (command, run) => {
    command
      .description('build the images of services that have a build section')
      .argument('[services...]', 'only these')
      .option('--build-arg <key=value>', 'build argument, over the file; may be repeated', collect)
      .option('--builder <name>', 'use this builder of an installed buildx')
      .option('--check', 'check the Dockerfiles and build nothing')
      .option('-m, --memory <size>', 'most memory of a step, of the classic builder')
      .option('--no-cache', 'build every step anew')
      .option('--print', 'print what would be built as a bake file, and build nothing')
      .option('--provenance <mode>', 'add a provenance attestation')
      .option('--pull', 'look for newer base images')
      .option('--push', 'push what was built')
      .option('-q, --quiet', 'say nothing')
      .option('--sbom <mode>', 'add an SBOM attestation')
      .option('--ssh <id=path>', 'ssh agent or keys for the build')
      .option('--with-dependencies', 'build what the services depend on, too')
      .addOption(new Option('--progress <format>').hideHelp())
      .addOption(new Option('--parallel').hideHelp())
      .addOption(new Option('--compress').hideHelp())
      .addOption(new Option('--force-rm').hideHelp())
      .addOption(new Option('--no-rm').hideHelp())
      .action((services: readonly string[], flags: BuildFlags) =>
        run(async (session) => (await import('../run/build.ts')).runBuild(session, services, flags)),
      );
  },
};
