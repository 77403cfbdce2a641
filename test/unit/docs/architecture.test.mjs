import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { layers } from '../../../scripts/checks/layer-table.mjs';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

test('the table of the architecture has every folder of src with its number', async () => {
  const page = await readFile(`${repository}/docs/architecture.md`, 'utf8');
  const rows = [...page.matchAll(/^\| (?<names>`[^|]+) \| (?<level>\d+) \|/gm)];
  const told = rows.flatMap(({ groups }) =>
    [...groups.names.matchAll(/`([^`]+)`/g)].map(([, name]) => [name, Number(groups.level)]),
  );
  const entries = await readdir(`${repository}/src`, { withFileTypes: true });
  const found = entries.filter((entry) => entry.isDirectory() || entry.name === 'index.ts').map(({ name }) => name);
  const holding = await Promise.all(
    found.map(async (name) => name === 'index.ts' || (await readdir(`${repository}/src/${name}`)).length > 0),
  );
  const wanted = found.filter((_, index) => holding[index]).map((name) => [name, layers[name]?.level]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(wanted));
});
