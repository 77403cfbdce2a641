import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

async function openWithFolder(): Promise<{ folder: string; scenario: Scenario }> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-bind-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, scenario: openScenario(import.meta.dirname, { FOLDER: folder }) };
}

test('a missing source of a long bind mount is an error with the service and the path, and is not made', async () => {
  const { folder, scenario } = await openWithFolder();
  const { first } = failureReport(await scenario.run('up', '-d', 'long'));
  expect(first).toContain('"long"');
  expect(first).toContain(join(folder, 'long'));
  expect(await readdir(folder)).toEqual([]);
});

test('create_host_path and the short form make it', async () => {
  const { folder, scenario } = await openWithFolder();
  await scenario.succeed('up', '-d', 'asked', 'short');
  expect((await readdir(folder)).sort()).toEqual(['asked', 'short']);
});
