/**
 * The code that Node or the system gave an error, such as `ENOENT`. Told by its shape: in a test runner with realms of its own, errors of
 * Node's modules are no instances of the `Error` that is seen here.
 */
export function errorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** What an error says, or whatever else was thrown as text. */
export function errorMessage(thrown: unknown): string {
  const hasMessage = typeof thrown === 'object' && thrown !== null && 'message' in thrown;
  return hasMessage && typeof thrown.message === 'string' ? thrown.message : String(thrown);
}
