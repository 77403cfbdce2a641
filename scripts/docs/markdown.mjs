/**
 * A table of Markdown.
 * @param {readonly string[]} titles
 * @param {readonly (readonly string[])[]} rows
 * @returns {string}
 */
export function table(titles, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), `|${' --- |'.repeat(titles.length)}`, ...rows.map(line)].join('\n');
}

/**
 * A page of Markdown that says where it comes from.
 * @param {string} title
 * @param {readonly string[]} blocks
 * @returns {string}
 */
export function page(title, blocks) {
  const origin = '<!-- Written by `npm run docs` from the source; do not edit. -->';
  return `${[`# ${title}`, origin, ...blocks].join('\n\n')}\n`;
}

/**
 * Text in the typewriter face.
 * @param {string} text
 */
export function code(text) {
  return `\`${text}\``;
}
