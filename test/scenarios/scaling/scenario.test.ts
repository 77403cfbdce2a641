import { expect, test } from 'vitest';
import { callEngine } from '../harness/engine-api.ts';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** Number and id of each worker. */
async function workers(scenario: Scenario): Promise<Record<string, string>> {
  const listed = (await scenario.containers()).filter(
    ({ Labels }) => Labels['com.docker.compose.service'] === 'worker',
  );
  return Object.fromEntries(listed.map(({ Id, Labels }) => [Labels['com.docker.compose.container-number'], Id]));
}

test('scaling up keeps those that run, scaling down removes the highest numbers', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const two = await workers(scenario);
  expect(Object.keys(two)).toEqual(['1', '2']);
  await scenario.succeed('up', '-d', '--scale', 'worker=4');
  const four = await workers(scenario);
  expect(Object.keys(four)).toEqual(['1', '2', '3', '4']);
  expect(four).toMatchObject(two);
  await scenario.succeed('up', '-d', '--scale', 'worker=1');
  expect(await workers(scenario)).toEqual({ 1: two['1'] });
  await scenario.succeed('up', '-d', '--scale', 'worker=0');
  expect(await workers(scenario)).toEqual({});
});

test('a missing replica gets the next number, and nobody is renumbered', async () => {
  const scenario = openScenario(import.meta.dirname, { REPLICAS: '3' });
  await scenario.succeed('up', '-d');
  const three = await workers(scenario);
  await callEngine('DELETE', `/containers/${three['2'] ?? ''}?force=1`);
  await scenario.succeed('up', '-d');
  const again = await workers(scenario);
  expect(Object.keys(again)).toEqual(['1', '3', '4']);
  expect(again).toMatchObject({ 1: three['1'], 3: three['3'] });
});

test('what cannot be scaled is refused by name', async () => {
  const scenario = openScenario(import.meta.dirname);
  const unknown = failureReport(await scenario.run('up', '-d', '--scale', 'wroker=2'));
  expect(`${unknown.first}\n${unknown.details}`).toMatch(/wroker[\s\S]*did you mean worker/);
  const named = failureReport(await scenario.run('--profile', 'named', 'up', '-d', '--scale', 'named=2'));
  expect(`${named.first}\n${named.details}`).toMatch(/named[\s\S]*container_name|container_name[\s\S]*named/);
  for (const value of ['worker', 'worker=-1', 'worker=many', '=2'])
    expect({ value, exitCode: (await scenario.run('up', '-d', '--scale', value)).exitCode }).toEqual({
      value,
      exitCode: 1,
    });
  expect(await scenario.containers()).toEqual([]);
});
