import type { CommandDefinition } from '../command-definition.ts';

/** Flags of `config`. */
export interface ConfigFlags {
  readonly format?: string;
  readonly services?: boolean;
  readonly volumes?: boolean;
  readonly networks?: boolean;
  readonly models?: boolean;
  readonly profiles?: boolean;
  readonly images?: boolean;
  readonly hash?: string;
  readonly variables?: boolean;
  readonly environment?: boolean;
  /** `--no-interpolate` */
  readonly interpolate?: boolean;
  /** `--no-normalize` */
  readonly normalize?: boolean;
  /** `--no-path-resolution` */
  readonly pathResolution?: boolean;
  /** `--no-consistency` */
  readonly consistency?: boolean;
  /** `--no-env-resolution` */
  readonly envResolution?: boolean;
  readonly resolveImageDigests?: boolean;
  readonly lockImageDigests?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
  readonly strict?: boolean;
  readonly provenance?: boolean;
}

/** `topsail config`: the project in canonical form. */
export const configCommand: CommandDefinition = {
  name: 'config',
  define: (command, run) => {
    command
      .description('check the file and show the project in canonical form; needs no engine')
      .argument('[services...]', 'only these and what they depend on')
      .option('--format <format>', 'yaml or json')
      .option('--services', 'only names of services')
      .option('--volumes', 'only names of volumes')
      .option('--networks', 'only names of networks')
      .option('--models', 'only names of models')
      .option('--profiles', 'only names of profiles')
      .option('--images', 'only images')
      .option('--hash <services>', 'configuration hashes of these services (comma list), or * for all')
      .option('--variables', 'variables the file interpolates')
      .option('--environment', 'the environment that interpolation sees')
      .option('--no-interpolate', 'leave ${...} as it is')
      .option('--no-normalize', 'leave the short forms as they are')
      .option('--no-path-resolution', 'leave relative paths as they are')
      .option('--no-consistency', 'do not check references')
      .option('--no-env-resolution', 'leave env_file as it is')
      .option('--resolve-image-digests', 'show images by the digests their registries give them')
      .option('--lock-image-digests', 'only images, by their digests: a file that pins them')
      .option('--provenance', 'mark each line with the file and line it comes from')
      .option('-o, --output <path>', 'write to a file')
      .option('-q, --quiet', 'only check')
      .option('--strict', 'an unset variable without a default is an error')
      .action((services: readonly string[], flags: ConfigFlags) =>
        run(async (session) => (await import('../run/config.ts')).runConfig(session, services, flags)),
      );
  },
};
