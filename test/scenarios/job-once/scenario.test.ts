import { expect, test } from 'vitest';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** How often each job has run. */
async function runs(scenario: Scenario): Promise<string> {
  const script = 'wc -l < /data/once; wc -l < /data/again';
  const output = await readInContainer(`${scenario.project}-reader-1`, ['sh', '-c', script]);
  return output.trim().replaceAll(/\s+/g, ' ');
}

test('a later up runs a finished job again, except one that runs once and is unchanged', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '--wait');
  expect(await runs(scenario)).toBe('1 1');
  await scenario.succeed('up', '--wait');
  expect(await runs(scenario)).toBe('1 2');
  await scenario.succeed('up', '-d', 'reader');
  expect(await runs(scenario)).toBe('1 2');

  const changed = openScenario(import.meta.dirname, { VERSION: '2', COMPOSE_PROJECT_NAME: scenario.project });
  await changed.succeed('up', '--wait');
  expect(await runs(scenario)).toBe('2 3');
});

test('a job that failed runs again', async () => {
  const scenario = openScenario(import.meta.dirname, { EXIT: '4' });
  const { exitCode, stderr } = await scenario.run('up', '--wait');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/"again".*\b4\b/);
  const repaired = openScenario(import.meta.dirname, { COMPOSE_PROJECT_NAME: scenario.project });
  await repaired.succeed('up', '--wait');
  expect(await runs(scenario)).toBe('1 2');
});
