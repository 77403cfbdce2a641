import { expect, test } from 'vitest';
import { callEngine, readEngine } from '../harness/engine-api.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const here = import.meta.dirname;

/** Everything with the project's label, hooks too. */
async function all(scenario: Scenario): Promise<readonly { readonly Id: string; readonly State: string }[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${scenario.project}`] }));
  return readEngine(`/containers/json?all=1&filters=${filters}`);
}

test('an attached up shows what hooks say, and each runs when it should', async () => {
  const scenario = openScenario(here);
  const up = scenario.start('up');
  await up.until('stdout', /^web-1 -> +\| 1234$/m);
  up.signal('SIGINT');
  const { stdout, exitCode } = await up.ended;
  expect(exitCode).toBe(130);
  const said = [...stdout.matchAll(/^(web.*?->) +\| (.*)$/gm)].map(([, who = '', what = '']) => `${who} ${what}`);
  expect(said).toEqual([
    'web pre_start[0] -> hello before',
    'web-1 -> after',
    'web-1 -> 1234',
    'web-1 -> hello before',
    'web-1 -> going',
  ]);
  expect(await all(scenario)).toHaveLength(1);
});

test('a failed pre_start keeps its container until the next up, and the service does not start', async () => {
  const scenario = openScenario(here, { BEFORE: '5' });
  const { exitCode, stderr } = await scenario.run('up', '-d');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^service "web" pre_start\[0\] exited with code 5: hello before$/m);
  expect((await all(scenario)).map(({ State }) => State).toSorted()).toEqual(['created', 'exited']);

  scenario.environment['BEFORE'] = '0';
  await scenario.succeed('up', '-d');
  expect((await all(scenario)).map(({ State }) => State)).toEqual(['running']);
});

test('a failed pre_stop keeps the container running; hooks alone recreate nothing', async () => {
  const scenario = openScenario(here);
  await scenario.succeed('up', '-d');
  const { Id } = await scenario.inspect('web');
  scenario.environment['GOING'] = '3';
  const { exitCode, stderr } = await scenario.run('stop');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('web hook exited with status 3: going');
  expect((await scenario.inspect('web')).State.Status).toBe('running');
  await scenario.succeed('up', '-d');
  expect((await scenario.inspect('web')).Id).toBe(Id);
  await callEngine('DELETE', `/containers/${Id}?force=1`);
});
