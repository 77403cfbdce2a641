import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../repository.mjs';
import { describedErrors } from './error-words.mjs';
import { loadSource } from './load-source.mjs';
import { code, page, table } from './markdown.mjs';
import { findThrownCodes } from './thrown-codes.mjs';

/** Titles of the catalogues of src/diagnostics, in the order in which a load runs into them. */
const catalogueTitles = {
  discovery: 'Finding the files and the environment',
  source: 'Reading files',
  remote: 'Files on other machines',
  yaml: 'YAML',
  interpolation: 'Variables',
  reuse: '`extends` and `include`',
  merge: 'Merging files',
  schema: 'The schema',
  value: 'Values',
  consistency: 'What does not fit together',
  plan: 'What only a start runs into',
};

/** Renders docs/errors.md. Throws when the page would not hold what the source throws. */
export async function renderErrorsPage() {
  const { catalogues, failures } = await readCatalogues();
  checkThrownCodes(await findThrownCodes(join(repository, 'src')), failures);
  return page('Errors', [
    'Every error and warning has a code. Codes and data are stable between releases, wording is not.',
    'The command writes errors to stderr and exits with 1, after an interrupt with 130. With `--progress json` what is wrong with a file comes as [events](events.md) of the type `diagnostic`, and any other error as one object `{"error": true, "code": …, "message": …, "details": […]}`.',
    'The library throws a `TopsailError` with `code`, `message`, `details`, `cause`, and `diagnostics` for what is wrong with a file.',
    '## What is wrong with a project',
    'A diagnostic has a place, `file:line:column`, and is drawn below its line. A load tells all of them at once; warnings refuse nothing.',
    ...inOrder(catalogues).flatMap(([name, entries]) => [
      `### ${catalogueTitles[name] ?? name}`,
      table(
        ['code', 'severity', 'meaning'],
        byCode(entries).map((entry) => [code(entry.code), entry.severity, entry.about]),
      ),
    ]),
    '## What fails while a plan is carried out',
    'The first line names the service and the cause; below it stand exit code, last health output, last log lines, and what was blocked.',
    codeTable(byCode(failures).map((entry) => [entry.code, entry.about])),
    ...describedErrors.flatMap(({ title, about, codes }) => [
      `## ${title}`,
      ...(about === undefined ? [] : [about]),
      codeTable(Object.entries(codes)),
    ]),
  ]);
}

/** Catalogues in the order of their titles, others last. */
function inOrder(catalogues) {
  const names = Object.keys(catalogueTitles);
  const rank = (name) => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...catalogues].sort(([a], [b]) => rank(a) - rank(b));
}

function byCode(entries) {
  return entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function codeTable(entries) {
  return table(
    ['code', 'meaning'],
    entries.map(([name, about]) => [code(name), about]),
  );
}

async function readCatalogues() {
  const files = (await readdir(join(repository, 'src/diagnostics'))).filter((file) => file.endsWith('-diagnostics.ts'));
  const names = files.map((file) => file.replace('-diagnostics.ts', ''));
  const source = await loadSource(
    [
      ...names.map((name) => `export * as ${name} from './diagnostics/${name}-diagnostics.ts';`),
      "export { failureCatalogue } from './execution/failure-catalogue.ts';",
    ].join('\n'),
  );
  const catalogues = new Map(
    names.map((name) => [name, Object.values(source[name]).filter((member) => typeof member.code === 'string')]),
  );
  return { catalogues, failures: source.failureCatalogue };
}

/** What is thrown must be described, and what is described must be thrown. */
function checkThrownCodes(thrown, failures) {
  const described = new Set(describedErrors.flatMap(({ codes }) => Object.keys(codes)));
  const catalogued = new Set(failures.map((entry) => entry.code));
  const missing = [...thrown].filter(([name]) => !described.has(name) && !catalogued.has(name));
  const stale = [...described].filter((name) => !thrown.has(name));
  const complaints = [
    ...missing.map(([name, place]) => `${place} throws ${name}, which scripts/docs/error-words.mjs does not describe`),
    ...stale.map((name) => `scripts/docs/error-words.mjs describes ${name}, which nothing throws`),
  ];
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}
