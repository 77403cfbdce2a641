#!/usr/bin/env node
// Writes the pages of docs/ that the source tells. Usage: node scripts/generate-docs.mjs [--check]; with --check nothing is
// written, and a page that is not up to date fails.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderAttributesPage } from './docs/attributes-page.mjs';
import { renderCommandsPage } from './docs/commands-page.mjs';
import { renderErrorsPage } from './docs/errors-page.mjs';
import { renderEventsPage } from './docs/events-page.mjs';
import { repository } from './repository.mjs';

const pages = {
  'docs/attributes.md': renderAttributesPage,
  'docs/commands.md': renderCommandsPage,
  'docs/errors.md': renderErrorsPage,
  'docs/events.md': renderEventsPage,
};

const checking = process.argv.includes('--check');
const stale = [];
for (const [path, render] of Object.entries(pages)) {
  const wanted = await render();
  const found = await readFile(join(repository, path), 'utf8').catch(() => undefined);
  if (found === wanted) continue;
  stale.push(path);
  if (!checking) await writeFile(join(repository, path), wanted);
}
if (!checking) console.log(stale.length === 0 ? 'nothing to write' : `written: ${stale.join(', ')}`);
else if (stale.length === 0) console.log(`${Object.keys(pages).length} pages are up to date`);
else {
  console.error(`not up to date, run npm run docs: ${stale.join(', ')}`);
  process.exitCode = 1;
}
