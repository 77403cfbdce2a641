import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

import { figureWords, type Result } from './verdict.ts';

/** The page that holds the table. */
const page = 'docs/performance.md';

const begin = '<!-- figures: written by npm run bench -- --write -->';
const end = '<!-- end of figures -->';

/** Puts results into the table of docs/performance.md; rows of cases that were not measured now stay. */
export function writeReport(results: readonly Result[], names: readonly string[], engine: string): void {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has no marks around its figures`);
  const rows = new Map(rowsOf(text.slice(from, to)));
  for (const result of results) rows.set(result.name, row(result));
  const table = [
    begin,
    `Measured on ${cpus()[0]?.model ?? 'an unknown processor'} with ${cpus().length} cores, ${engine}, Node.js ${process.versions.node}.`,
    '',
    '| case | what | limits | Topsail | beside it |',
    '|---|---|---|---|---|',
    ...names.flatMap((name) => rows.get(name) ?? []),
    '',
  ];
  writeFileSync(page, `${text.slice(0, from)}${table.join('\n')}\n${text.slice(to)}`);
}

function rowsOf(text: string): readonly (readonly [name: string, row: string])[] {
  return text.split('\n').flatMap((line) => {
    const name = /^\| `([\w-]+)` \|/.exec(line)?.[1];
    return name === undefined ? [] : [[name, line]];
  });
}

function row({ name, title, figures, verdicts }: Result): string {
  const [ours, ...others] = figures;
  const limits = verdicts.map(({ words, kept }) => (kept ? words : `**${words}**`)).join(', ');
  const beside = others.map((one) => `${one.name} ${figureWords(one)}`).join('<br>');
  return `| \`${name}\` | ${title} | ${limits} | ${ours === undefined ? '' : figureWords(ours)} | ${beside} |`;
}
