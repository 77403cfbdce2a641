import { expect, test } from 'vitest';
import { needDockerCompose } from '../harness/docker-compose.ts';
import { nothing } from '../harness/nothing.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** Which containers there are, since when they run, and what each tool knows them by. */
async function containers(scenario: Scenario): Promise<readonly unknown[]> {
  const listed = await scenario.containers();
  const rows = listed.map(({ Id, Names, Labels, State }) => ({
    name: Names[0],
    Id,
    State,
    hash: Labels['com.docker.compose.config-hash'],
  }));
  return rows.sort((one, other) => String(one.name).localeCompare(String(other.name)));
}

const names = ['db-1', 'web-1', 'workers-1', 'workers-2'];

test('what Topsail started, docker compose lists, reads, leaves as it is and takes down', async (context) => {
  const scenario = openScenario(import.meta.dirname);
  const compose = await needDockerCompose(context, scenario);
  await scenario.succeed('up', '-d');
  const before = await containers(scenario);

  const { stdout: listed } = await compose('ps', '--format', '{{.Name}}');
  expect(listed.trim().split('\n').sort()).toEqual(names.map((name) => `${scenario.project}-${name}`));
  expect((await compose('logs', '--no-color')).stdout).toMatch(/db-1 +\| db says hello/);
  await compose('up', '-d');
  expect(await containers(scenario)).toEqual(before);

  await compose('down', '-v');
  expect(await scenario.leftovers()).toEqual(nothing);
});

test('what docker compose started, Topsail lists, reads, leaves as it is and takes down', async (context) => {
  const scenario = openScenario(import.meta.dirname);
  const compose = await needDockerCompose(context, scenario);
  await compose('up', '-d');
  const before = await containers(scenario);

  const { stdout: listed } = await scenario.succeed('ps', '--format', '{{.Name}}');
  expect(listed.trim().split('\n').sort()).toEqual(names.map((name) => `${scenario.project}-${name}`));
  expect((await scenario.succeed('logs', '--no-color')).stdout).toMatch(/db-1 +\| db says hello/);
  expect((await scenario.run('plan')).stdout).not.toMatch(/recreate|create|remove/);
  await scenario.succeed('up', '-d');
  expect(await containers(scenario)).toEqual(before);

  await scenario.succeed('down', '-v');
  expect(await scenario.leftovers()).toEqual(nothing);
});

test('both label a service with the same hash', async (context) => {
  const scenario = openScenario(import.meta.dirname);
  const compose = await needDockerCompose(context, scenario);
  const hashes = async (): Promise<readonly unknown[]> =>
    (await scenario.containers())
      .map(({ Names, Labels }) => [Names[0], Labels['com.docker.compose.config-hash']])
      .sort((one, other) => String(one).localeCompare(String(other)));
  await compose('create');
  const theirs = await hashes();
  await compose('down', '-v');
  await scenario.succeed('up', '--no-start');
  expect(await hashes()).toEqual(theirs);
  const { stdout } = await scenario.succeed('config', '--hash', 'db');
  expect(theirs).toContainEqual([`/${scenario.project}-db-1`, stdout.trim().split(' ')[1]]);
});

test('a change made by one is recreated once, by whichever sees it first', async (context) => {
  const scenario = openScenario(import.meta.dirname);
  const compose = await needDockerCompose(context, scenario);
  await compose('up', '-d', 'db');
  await scenario.succeed('up', '-d');
  const scaled = ['up', '-d', '--scale', 'workers=3'];
  await compose(...scaled);
  const before = await containers(scenario);
  expect(before).toHaveLength(5);
  await scenario.succeed(...scaled);
  expect(await containers(scenario)).toEqual(before);
  await scenario.succeed('up', '-d');
  await compose('up', '-d');
  expect(await containers(scenario)).toEqual(before.slice(0, 4));
});
