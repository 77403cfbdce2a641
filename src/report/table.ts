import { padText, textWidth } from './text-width.ts';

const gap = '   ';
/** Without the gap. */
const leastWidth = 7;

/**
 * A table in Docker's layout: columns as wide as their content and their gap of three blanks, ten at least. Ends with a
 * line break.
 */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(leastWidth, ...all.map((row) => textWidth(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    header
      .map((_, column) =>
        column === header.length - 1 ? (row[column] ?? '') : padText(row[column] ?? '', widths[column] ?? 0),
      )
      .join(gap);
  return all.map((row) => `${line(row)}\n`).join('');
}
