/** Commands of Docker Compose that this version does not have yet. */
export const laterCommands: readonly string[] = ['alpha', 'bridge', 'publish', 'watch'];
