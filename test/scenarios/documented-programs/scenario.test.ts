import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { copiesOf, removeCopiesLater } from '../harness/copies.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The one program that a page shows. */
function programOf(page: string): string {
  const blocks = [...readFileSync(join(repository, page), 'utf8').matchAll(/^```js\n(?<text>[^]*?)^```/gm)];
  const [block, ...others] = blocks.map((match) => match.groups?.['text'] ?? '');
  if (block === undefined || others.length > 0) throw new Error(`${page} shows ${String(blocks.length)} programs`);
  return block;
}

/** Runs a program as a file of a folder from which `topsail` is found. */
function runProgram(text: string, folder: string, scenario: Scenario) {
  const environment = {
    ...scenario.environment,
    BLOG_NODE_IMAGE: process.env['TOPSAIL_TEST_NODE'] ?? 'node:20-alpine',
    BLOG_PORT: '0',
  };
  return run(process.execPath, ['--input-type=module', '--eval', text], { cwd: folder, env: environment });
}

test('the program of docs/library.md runs as it is printed', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stdout, stderr } = await runProgram(programOf('docs/library.md'), import.meta.dirname, scenario);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^job web$/m);
  expect(stdout).toMatch(/^start container:web:1 .* after .*wait container:job:1 completed/m);
  expect(stdout).toMatch(/^done start container:web:1$/m);
  expect(stdout).toMatch(/^something changed$/m);
  expect(stdout).toMatch(/^web running$/m);
  expect(stdout).toMatch(/^job exited$/m);
  expect(stdout).toMatch(/^web \| serving$/m);
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

test('the program of the README runs as it is printed', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stdout, stderr } = await runProgram(programOf('README.md'), repository, scenario);
  expect(stderr).toBe('');
  expect(stdout).toContain(`${scenario.project}-web-1 Up`);
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

test('the program of docs/instances.md runs as it is printed, and leaves nothing', async () => {
  const scenario = openScenario(import.meta.dirname);
  removeCopiesLater(scenario.project);
  const folder = join(import.meta.dirname, '../copies');
  const { stdout, stderr } = await runProgram(programOf('docs/instances.md'), folder, scenario);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^port 5432 of db is reached at 127\.0\.0\.1:2\d{4}$/m);
  expect(await copiesOf(scenario.project)).toEqual([]);
});
