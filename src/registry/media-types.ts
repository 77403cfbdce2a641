/** Indexes: lists of manifests, by platform or by kind. */
export const indexTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Manifests of one image or artefact. */
export const manifestTypes: readonly string[] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** What a compose project is made of in a registry (compose-surface 4.16). */
export const composeTypes = {
  project: 'application/vnd.docker.compose.project',
  file: 'application/vnd.docker.compose.file+yaml',
  environmentFile: 'application/vnd.docker.compose.envfile',
  /** Type of the configuration where the registry knows no artefact types (OCI 1.0). */
  emptyConfiguration: 'application/vnd.docker.compose.config.empty.v1+json',
} as const;
