import { expect, test } from 'vitest';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

async function running(scenario: Scenario): Promise<readonly string[]> {
  const listed = (await scenario.containers()).filter(({ State }) => State === 'running');
  return listed.map(({ Labels }) => String(Labels['com.docker.compose.service'])).sort();
}

test('up of a service brings what it needs and nothing else; --no-deps not even that', async () => {
  const alone = openScenario(import.meta.dirname);
  await alone.succeed('up', '-d', '--no-deps', 'web');
  expect(await running(alone)).toEqual(['web']);
  await alone.succeed('up', '-d', 'api');
  expect(await running(alone)).toEqual(['api', 'db', 'web']);
  await alone.succeed('up', '-d', 'tool');
  expect(await running(alone)).toEqual(['api', 'db', 'tool', 'web']);
});

test('a service that does not exist is refused with the nearest name', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { first, details } = failureReport(await scenario.run('up', '-d', 'wbe'));
  expect(first).toContain('no such service: wbe');
  expect(details).toContain('web');
});

test('down of a service takes that service and leaves what depends on it running', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  await scenario.succeed('down', 'api');
  expect(await running(scenario)).toEqual(['apart', 'db', 'web']);
});

test('a dependency that is recreated restarts the dependent that asks for it, and only that one', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const [api, web] = await Promise.all([scenario.inspect('api'), scenario.inspect('web')]);
  const changed = openScenario(import.meta.dirname, { COMPOSE_PROJECT_NAME: scenario.project, DB_LEVEL: '2' });
  await changed.succeed('up', '-d');
  const [apiAfter, webAfter] = await Promise.all([scenario.inspect('api'), scenario.inspect('web')]);
  expect(apiAfter.Id).toBe(api.Id);
  expect(apiAfter.State.StartedAt > api.State.StartedAt).toBe(true);
  expect(webAfter).toMatchObject({ Id: web.Id, State: { StartedAt: web.State.StartedAt } });
});
