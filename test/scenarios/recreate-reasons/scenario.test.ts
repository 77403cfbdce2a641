import { expect, test } from 'vitest';
import { callEngine } from '../harness/engine-api.ts';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

interface PlannedStep {
  readonly id: string;
  readonly address: string;
  readonly cause: string;
  readonly changes?: readonly { readonly path: string; readonly before?: string; readonly after?: string }[];
}

/** The same project seen with other variables; the first scenario cleans up for both. */
function withVariables({ project }: Scenario, variables: Readonly<Record<string, string>>): Scenario {
  return openScenario(import.meta.dirname, { ...variables, COMPOSE_PROJECT_NAME: project });
}

async function plannedSteps(scenario: Scenario, ...words: readonly string[]): Promise<readonly PlannedStep[]> {
  const { exitCode, stdout } = await scenario.run('plan', '--json', ...words);
  expect(exitCode).toBe(2);
  return (JSON.parse(stdout) as { readonly nodes: readonly PlannedStep[] }).nodes;
}

const changesOf = (steps: readonly PlannedStep[]): readonly unknown[] => steps.flatMap(({ changes = [] }) => changes);

async function ids(scenario: Scenario): Promise<Record<string, string>> {
  const listed = await scenario.containers();
  return Object.fromEntries(listed.map(({ Id, Labels }) => [Labels['com.docker.compose.service'], Id]));
}

async function anonymousVolumes(scenario: Scenario): Promise<readonly string[]> {
  const mounts = (await scenario.containers()).flatMap(({ Mounts }) => Mounts);
  return mounts.flatMap(({ Destination, Name }) => (Destination === '/kept' && Name !== undefined ? [Name] : []));
}

test('one changed value is one changed field of one service; up recreates that one and keeps its anonymous volume', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const before = await ids(scenario);
  await readInContainer(`${scenario.project}-web-1`, ['sh', '-c', 'echo precious > /kept/file']);

  const changed = withVariables(scenario, { GREETING: 'good-morning' });
  const steps = await plannedSteps(changed);
  expect([...new Set(steps.map(({ address }) => address))]).toEqual(['container:web:1']);
  const [change, ...others] = changesOf(steps);
  expect(others).toEqual([]);
  expect(change).toMatchObject({ path: 'environment.GREETING' });
  expect(JSON.stringify(steps)).not.toMatch(/good-morning|hello/);
  expect(changesOf(await plannedSteps(changed, '--show-values'))).toEqual([
    expect.objectContaining({ path: 'environment.GREETING', before: 'hello', after: 'good-morning' }),
  ]);

  const { stderr } = await changed.succeed('up', '-d');
  expect(stderr).toMatch(/-web-1 +Recreat/);
  const after = await ids(scenario);
  expect(after['db']).toBe(before['db']);
  expect(after['web']).not.toBe(before['web']);
  expect(await readInContainer(`${scenario.project}-web-1`, ['cat', '/kept/file'])).toBe('precious\r\n');
  expect((await changed.run('plan')).exitCode).toBe(0);
});

test('-V takes a fresh anonymous volume', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  await readInContainer(`${scenario.project}-web-1`, ['sh', '-c', 'echo precious > /kept/file']);
  const old = await anonymousVolumes(scenario);
  await scenario.succeed('up', '-d', '-V', '--force-recreate', '--no-deps', 'web');
  for (const name of old) await callEngine('DELETE', `/volumes/${name}`);
  expect(await readInContainer(`${scenario.project}-web-1`, ['ls', '/kept'])).toBe('');
});

test('fields are named in the words of a compose file, with their values where they are no secret', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const changed = withVariables(scenario, { MEMORY: '48m', VERSION: '2' });
  expect(changesOf(await plannedSteps(changed))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: 'mem_limit', before: '33554432', after: '50331648' }),
      expect.objectContaining({ path: 'labels.org.example.version', before: '1', after: '2' }),
    ]),
  );
});

test('--force-recreate recreates all, --no-recreate none, and a plan says which', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const first = await ids(scenario);
  const changed = withVariables(scenario, { GREETING: 'bye' });
  await changed.succeed('up', '-d', '--no-recreate');
  expect(await ids(scenario)).toEqual(first);

  const steps = await plannedSteps(scenario, '--force-recreate');
  expect(new Set(steps.map(({ address }) => address))).toEqual(new Set(['container:web:1', 'container:db:1']));
  await scenario.succeed('up', '-d', '--force-recreate');
  const second = await ids(scenario);
  expect(second['web']).not.toBe(first['web']);
  expect(second['db']).not.toBe(first['db']);
});

test('a container that somebody removed comes back, and nothing else is touched', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const before = await ids(scenario);
  await callEngine('DELETE', `/containers/${before['web'] ?? ''}?force=1&v=1`);
  expect(Object.keys(await ids(scenario))).toEqual(['db']);
  await scenario.succeed('up', '-d');
  const after = await ids(scenario);
  expect(after['db']).toBe(before['db']);
  expect((await scenario.inspect('web')).State.Status).toBe('running');
});
