import type { Diagnostic } from './diagnostic.ts';
import type { SourceRange } from './source-range.ts';
import type { SourceText } from './source-text.ts';

/** What one line of a drawn diagnostic is, so that a terminal can colour it. */
export type DrawnRole = 'title' | 'source' | 'marker' | 'related' | 'hint';

/** One line of a drawn diagnostic. */
export interface DrawnLine {
  readonly role: DrawnRole;
  readonly text: string;
}

/** How a diagnostic is drawn. */
export interface DrawOptions {
  /** How a file's name is shown, such as relative to the working directory. Default: as it is. */
  readonly showName?: (file: string) => string;
}

/** Widest excerpt of a source line; longer lines are cut around the place. */
const widest = 100;

function displayWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff);
  return wide ? 2 : 1;
}

/** Blanks as wide as a text; tabs stay tabs, so that a marker lines up whatever they mean to the terminal. */
function blankLike(text: string): string {
  let blank = '';
  for (const character of text) blank += character === '\t' ? '\t' : ' '.repeat(displayWidth(character));
  return blank;
}

function lineAt(text: string, offset: number): { line: string; start: number } {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return { line: text.slice(start, end === -1 ? text.length : end).replace(/\r$/, ''), start };
}

/** What a terminal must not be told to do by a file: control characters become a visible stand-in. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

function drawExcerpt(range: SourceRange, source: SourceText): readonly DrawnLine[] {
  const { line, start } = lineAt(source.text, range.start.offset);
  const from = Math.min(range.start.offset - start, line.length);
  const to = Math.min(Math.max(range.end.offset - start, from), line.length);
  const cut = from > widest * 0.7 ? from - Math.floor(widest / 2) : 0;
  const lead = cut === 0 ? '' : '...';
  const shown = line.slice(cut, cut + widest);
  const tail = cut + widest < line.length ? '...' : '';
  const gutter = String(range.start.line);
  const before = blankLike(harmless(lead + line.slice(cut, from)));
  const marked = Array.from(blankLike(harmless(line.slice(from, Math.min(to, cut + widest))))).length;
  return [
    { role: 'source', text: `  ${gutter} | ${harmless(`${lead}${shown}${tail}`)}` },
    { role: 'marker', text: `  ${' '.repeat(gutter.length)} | ${before}${'^'.repeat(Math.max(1, marked))}` },
  ];
}

function place(range: SourceRange, options: DrawOptions): string {
  const name = options.showName?.(range.file) ?? range.file;
  return `${name}:${range.start.line}:${range.start.column}`;
}

function excerpt(range: SourceRange, sources: ReadonlyMap<string, SourceText>): readonly DrawnLine[] {
  const source = sources.get(range.file);
  return source === undefined ? [] : drawExcerpt(range, source);
}

/**
 * Draws a diagnostic: `file:line:column code message`, the line of the file with a marker under the place, related
 * places in the same way, the hint. `sources` are the texts that were read, by name; a place in another text is named
 * but not drawn.
 */
export function drawDiagnostic(
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, SourceText>,
  options: DrawOptions = {},
): readonly DrawnLine[] {
  const { range, severity, code, message, related, hint } = diagnostic;
  const where = range === undefined ? '' : `${place(range, options)} `;
  const lines: DrawnLine[] = [
    { role: 'title', text: `${where}${severity === 'warning' ? 'warning ' : ''}${code} ${harmless(message)}` },
  ];
  if (range !== undefined) lines.push(...excerpt(range, sources));
  for (const other of related ?? []) {
    lines.push({ role: 'related', text: `  ${place(other.range, options)} ${harmless(other.message)}` });
    lines.push(...excerpt(other.range, sources));
  }
  if (hint !== undefined) lines.push({ role: 'hint', text: `  hint: ${harmless(hint)}` });
  return lines;
}

/** A drawn diagnostic as plain text, lines joined by line ends, without one at the end. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, SourceText>,
  options: DrawOptions = {},
): string {
  return drawDiagnostic(diagnostic, sources, options)
    .map((line) => line.text)
    .join('\n');
}
