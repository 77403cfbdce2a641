/** Where the text before an offset ends when the blanks and line ends after it are left out. */
export function lastWritten(text: string, from: number): number {
  let at = Math.min(from, text.length);
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** A blank, a tab or a part of a line end. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
