/** Exit codes of the command (docs/compatibility.md). */
export const exitCode = {
  success: 0,
  failure: 1,
  /** Of `plan`: there is something to do. */
  pending: 2,
  /** SIGINT or SIGTERM during any command. */
  interrupted: 130,
} as const;
