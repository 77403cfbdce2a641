const escape = /\\(?:0(\d{0,3})|([\s\S]))/g;

const controlCharacters: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
  ['$', '$$'],
]);

/**
 * Resolves the backslashes of a double-quoted dotenv value (spec-facts 8.10). The result is still a template: an escaped
 * dollar comes out doubled. Unknown escapes keep their backslash.
 */
export function unescapeDoubleQuoted(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(escape, (written: string, octal: string | undefined, letter: string | undefined) => {
    if (octal !== undefined) {
      return /^[0-3][0-7]{2}$/.test(octal) ? String.fromCharCode(Number.parseInt(octal, 8)) : `\\${octal}`;
    }
    return controlCharacters.get(letter ?? '') ?? written;
  });
}
