import { expect, test } from 'vitest';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const here = import.meta.dirname;

/** Service and state of every container, by name. */
async function states(scenario: Scenario): Promise<Readonly<Record<string, string>>> {
  const containers = await scenario.containers();
  const entries = containers.map(({ Names: [name = ''], State }) => [name.slice(scenario.project.length + 2), State]);
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

const verbs = (text: string): readonly string[] =>
  [...text.matchAll(/^ Container \S+?-(\w+-\d) {2}(\w+)$/gm)].map(([, name = '', verb = '']) => `${name} ${verb}`);

test('create starts nothing; start, stop, kill and rm do their part and no more', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('create');
  expect(await states(scenario)).toEqual({ 'db-1': 'created', 'web-1': 'created', 'web-2': 'created' });

  const started = verbs((await scenario.succeed('start')).stderr);
  expect(started.indexOf('db-1 Started')).toBeLessThan(started.indexOf('web-1 Starting'));
  expect((await scenario.succeed('start')).stderr).toBe('');

  expect(verbs((await scenario.succeed('stop', 'web')).stderr).toSorted()).toEqual([
    'web-1 Stopped',
    'web-1 Stopping',
    'web-2 Stopped',
    'web-2 Stopping',
  ]);
  expect(await states(scenario)).toEqual({ 'db-1': 'running', 'web-1': 'exited', 'web-2': 'exited' });
  expect(verbs((await scenario.succeed('stop', 'web')).stderr).toSorted()).toEqual(['web-1 Stopped', 'web-2 Stopped']);

  expect(verbs((await scenario.succeed('kill')).stderr)).toEqual(['db-1 Killing', 'db-1 Killed']);
  expect(await scenario.succeed('kill')).toMatchObject({ stderr: 'no container to kill\n' });

  expect((await scenario.run('rm', 'web')).stdout).toMatch(/^Going to remove \S+-web-1, \S+-web-2$/);
  expect(Object.keys(await states(scenario))).toHaveLength(3);
  expect((await scenario.succeed('rm', '-f')).stdout).toMatch(/^Going to remove \S+-db-1, \S+-web-1, \S+-web-2\n$/);
  expect(await scenario.succeed('rm', '-f')).toMatchObject({ stderr: 'No stopped containers\n' });
  expect((await scenario.run('start')).stderr).toBe('service "db" has no container to start\n');
});

test('a service that the file does not have is refused, also where COMPOSE_PROJECT_NAME is set', async () => {
  const scenario = openScenario(here);
  expect(scenario.environment['COMPOSE_PROJECT_NAME']).toBe(scenario.project);
  expect(await scenario.run('stop', 'wbe')).toMatchObject({
    exitCode: 1,
    stderr: 'no such service: wbe\n  did you mean web?\n',
  });
});

test('restart goes along restart: true, and by the name alone as well', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d');
  const before = await scenario.inspect('web');
  expect(verbs((await scenario.succeed('restart', 'db')).stderr).slice(0, 2)).toEqual([
    'db-1 Restarting',
    'db-1 Started',
  ]);
  const after = await scenario.inspect('web');
  expect(after.Id).toBe(before.Id);
  expect(after.State.StartedAt).not.toBe(before.State.StartedAt);

  expect(verbs((await scenario.succeed('restart', '--no-deps', 'db')).stderr)).toEqual([
    'db-1 Restarting',
    'db-1 Started',
  ]);
  const elsewhere = openScenario('/', { COMPOSE_PROJECT_NAME: '' });
  const words = verbs((await elsewhere.succeed('-p', scenario.project, 'restart', 'db')).stderr);
  expect(words.toSorted()).toEqual(expect.arrayContaining(['web-1 Started', 'web-2 Started']));
  expect((await elsewhere.run('-p', scenario.project, 'restart', 'nope')).exitCode).toBe(1);
  await elsewhere.succeed('-p', scenario.project, 'rm', '-fs');
  expect(await states(scenario)).toEqual({});
});

test('pause and unpause: what is paused already is refused, as the engine does', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d', 'db');
  expect(verbs((await scenario.succeed('pause')).stderr)).toEqual(['db-1 Paused']);
  expect(await states(scenario)).toEqual({ 'db-1': 'paused' });
  expect((await scenario.run('pause')).exitCode).toBe(1);
  expect(verbs((await scenario.succeed('unpause')).stderr)).toEqual(['db-1 Unpaused']);
  expect((await scenario.run('unpause')).exitCode).toBe(1);
});

test('scale adds and removes the highest numbers, and starts dependencies', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('scale', 'web=3');
  expect(Object.keys(await states(scenario)).toSorted()).toEqual(['db-1', 'web-1', 'web-2', 'web-3']);
  await scenario.succeed('scale', 'web=1', 'db=2');
  expect(Object.keys(await states(scenario)).toSorted()).toEqual(['db-1', 'db-2', 'web-1']);
  expect((await scenario.run('scale', 'web')).stderr).toBe('invalid scale specifier: web\n');
});

test('a service of a profile that is off is reached by its name', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('create', 'extra');
  await scenario.succeed('start', 'extra');
  await scenario.succeed('stop');
  expect(await states(scenario)).toEqual({ 'extra-1': 'running' });
  await scenario.succeed('restart', 'extra');
  await scenario.succeed('rm', '-fs', 'extra');
  expect(await states(scenario)).toEqual({});
});

test('wait tells each exit and gives the last code; --down-project takes everything down', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d', 'db', 'ticking', 'extra');
  expect(await scenario.run('wait', 'web')).toMatchObject({
    exitCode: 1,
    stderr: `no containers for project "${scenario.project}"\n`,
  });
  const { Id } = await scenario.inspect('ticking');
  expect(await scenario.run('wait', '--down-project', 'ticking')).toMatchObject({
    exitCode: 3,
    stdout: `container "${Id}" exited with status code 3\n`,
  });
  expect(Object.keys(await states(scenario))).toEqual([]);
});

test('--dry-run tells what would happen before or behind the command, and does nothing of it', async () => {
  const scenario = openScenario(here);
  const { stderr } = await scenario.succeed('--dry-run', 'up', '-d');
  const [line] = stderr.split('\n');
  expect(line).toBe(` DRY-RUN MODE -  Network ${scenario.project}_default  Creating`);
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });

  await scenario.succeed('up', '-d');
  for (const words of [['stop'], ['kill'], ['restart'], ['rm', '-fs'], ['pause'], ['scale', 'web=5'], ['down', '-v']]) {
    expect((await scenario.succeed(...words, '--dry-run')).stderr).toContain(' DRY-RUN MODE -  Container ');
  }
  expect(await states(scenario)).toEqual({ 'db-1': 'running', 'web-1': 'running', 'web-2': 'running' });
});
