import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const path = join(fileURLToPath(new URL('../../..', import.meta.url)), 'docs/compatibility.md');
const page = readFileSync(path, 'utf8');

/** The tests that a stretch of the page links to. */
function testsIn(text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\((?<target>[^)#]+)[^)]*\)/g)].map((match) => match.groups?.['target'] ?? '');
  return targets.filter((target) => target.startsWith('../test/'));
}

test('every test the page names exists', () => {
  const named = testsIn(page);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((target) => !existsSync(resolve(dirname(path), target)))).toEqual([]);
  expect(named.filter((target) => !target.endsWith('.test.ts'))).toEqual([]);
});

test('every difference names a test', () => {
  const rows = page.split('\n').filter((line) => /^\| (?!Topsail |---)/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => testsIn(row).length === 0)).toEqual([]);
});
