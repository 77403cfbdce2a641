import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const page = await readFile(`${repository}/docs/attributes.md`, 'utf8');
const { $defs } = JSON.parse(await readFile(`${repository}/schemas/compose.schema.json`, 'utf8'));
const rows = [...page.matchAll(/^\| `(?<key>[^`]+)`[^|]*\| (?<verdict>[^|]+) \|(?<how>[^|]*)\|$/gm)].map(
  ({ groups }) => groups,
);

/** Told elsewhere: builds on their page, hooks as commands, includes and lists of devices as what they are part of. */
const elsewhere = new Set(['build', 'hook', 'preStartHook', 'include', 'deviceRate', 'blockIo']);

/** Every key that some object of a schema may have. */
function keysOf(schema) {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = Object.keys(schema.properties ?? {}).filter((key) => !key.startsWith('x-'));
  return [
    ...own,
    ...Object.values(schema)
      .flatMap((inner) => (Array.isArray(inner) ? inner : [inner]))
      .flatMap(keysOf),
  ];
}

test('every key of the schema has a row that says what becomes of it', () => {
  const told = new Set(rows.flatMap(({ key }) => [key, ...key.split('.')]));
  const parts = new Set(['spread', 'constraints', 'preferences', 'max_replicas_per_node', 'kind', 'value']);
  const swarmOnly = new Set([
    'discrete_resource_spec',
    'parallelism',
    'failure_action',
    'monitor',
    'max_failure_ratio',
    'order',
  ]);
  // Members of what has a row itself: `credential_spec`, `develop`, `extends`; and `deploy`, which has a table.
  const specification = new Set(['config', 'registry', 'watch', 'service', 'deploy']);
  const keys = Object.entries($defs).flatMap(([name, schema]) => (elsewhere.has(name) ? [] : keysOf(schema)));
  expect(keys.length).toBeGreaterThan(150);
  const untold = keys.filter(
    (key) => !told.has(key) && !parts.has(key) && !swarmOnly.has(key) && !specification.has(key),
  );
  expect([...new Set(untold)]).toEqual([]);
});

test('a row says applied, read, refused, or told of in a warning; what is left out for now is known by name', () => {
  const verdicts = new Set(['applies it', 'reads it', 'resolves it', 'refuses it', 'warns']);
  const ignored = rows.filter(({ verdict }) => !verdicts.has(verdict)).map(({ key }) => key);
  const watch = ['action', 'develop', 'exec', 'ignore', 'include', 'initial_sync', 'path', 'target'];
  expect(ignored.toSorted()).toEqual(watch);
});

test('what is refused says why', () => {
  const refused = rows.filter(({ verdict }) => verdict === 'refuses it');
  expect(refused.length).toBeGreaterThan(3);
  expect(refused.filter(({ how }) => how.trim() === '')).toEqual([]);
});
