import { padText, textWidth } from './text-width.ts';

/**
 * A table in Docker's layout: columns as wide as their content, three blanks apart. Ends with a line break. `leastWidth`: of
 * a column without its gap, seven as Docker's lists have it; `gap`: blanks between columns.
 */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { leastWidth = 7, gap = 3 }: { readonly leastWidth?: number; readonly gap?: number } = {},
): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(leastWidth, ...all.map((row) => textWidth(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    header
      .map((_, column) =>
        column === header.length - 1 ? (row[column] ?? '') : padText(row[column] ?? '', widths[column] ?? 0),
      )
      .join(' '.repeat(gap));
  return all.map((row) => `${line(row)}\n`).join('');
}
