const escaped = /[<>&\u2028\u2029]/g;

/** A value as JSON in Go's writing: `<`, `>` and `&` are escaped. `indent`: spaces of each level; none for one line. */
export function printJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    escaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
