import { expect, test } from 'vitest';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const here = import.meta.dirname;

async function names(scenario: Scenario): Promise<readonly string[]> {
  const containers = await scenario.containers();
  return containers.map(({ Names: [name = ''], State }) => `${name.slice(scenario.project.length + 2)} ${State}`);
}

test('a version that does not run is taken back: the former container runs on, and what failed is told', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d');
  const before = await scenario.inspect('web');

  scenario.environment['VERSION'] = '2';
  scenario.environment['WEB'] = 'exit 7';
  const { exitCode, stderr } = await scenario.run('up', '-d');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('service "web" failed: container');
  expect(stderr).toContain('version 2');
  expect((await scenario.inspect('web')).Id).toBe(before.Id);
  expect((await names(scenario)).toSorted()).toEqual(['sidecar-1 running', 'web-1 running']);

  scenario.environment['WEB'] = 'sleep infinity';
  await scenario.succeed('up', '-d');
  expect((await scenario.inspect('web')).Id).not.toBe(before.Id);
  expect((await names(scenario)).toSorted()).toEqual(['sidecar-1 running', 'web-1 running']);
});

test('several processes that replace the same containers at once end with one each', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d');
  scenario.environment['VERSION'] = '2';
  const results = await Promise.all(Array.from({ length: 4 }, () => scenario.run('up', '-d')));
  expect(results.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual([0, 0, 0, 0]);
  expect((await names(scenario)).toSorted()).toEqual(['sidecar-1 running', 'web-1 running']);
});

test('an attached up shows the lines of a replacement under its name, and is not ended by the end of the former one', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d');
  scenario.environment['VERSION'] = '2';
  const up = scenario.start('up', '--abort-on-container-exit');
  await up.until('stdout', /^web-1 +\| version 2$/m);
  await up.until('stdout', /Attaching to sidecar-1, web-1/);
  await up.until('stderr', /1 container recreated/);
  const { State } = await scenario.inspect('web');
  expect(State.Status).toBe('running');
  up.signal('SIGINT');
  expect((await up.ended).exitCode).toBe(130);
});
