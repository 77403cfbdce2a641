/** Commands of Docker Compose that this version does not have yet. */
export const laterCommands: readonly string[] = [
  'alpha',
  'attach',
  'bridge',
  'build',
  'commit',
  'cp',
  'export',
  'publish',
  'pull',
  'push',
  'run',
  'watch',
];
