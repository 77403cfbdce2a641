/** The names a compose file may have when only its folder is named, best first (spec-facts 2.4). */
export const composeFileNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
