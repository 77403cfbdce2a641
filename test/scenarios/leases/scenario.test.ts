import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually, labelled, leftOf, removeCopiesLater } from '../harness/copies.ts';
import { Keeper } from '../harness/keeper.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

function open(): Scenario {
  const scenario = openScenario(import.meta.dirname, { TOPSAIL_NO_SWEEP: '' });
  removeCopiesLater(scenario.project);
  return scenario;
}

test('a copy ends with its lease, and leaves nothing', async () => {
  const keeper = new Keeper(open());
  const { project } = await keeper.next();
  await keeper.next();
  expect((await leftOf(project)).length).toBe(4);
  await keeper.end();
  expect(await leftOf(project)).toEqual([]);
});

test('what a killed process kept is gone within seconds', async () => {
  const keeper = new Keeper(open());
  const { project } = await keeper.next();
  await keeper.next();
  keeper.signal('SIGKILL');
  await keeper.ended;
  expect(
    await eventually(
      () => leftOf(project),
      (names) => names.length === 0,
    ),
  ).toEqual([]);
});

test.each(['while it starts', 'while it runs'])(
  'if its watcher is killed too %s, the next command removes what is left, and says so',
  async (moment) => {
    const scenario = open();
    const keeper = new Keeper(scenario);
    const { project } = await keeper.next();
    if (moment === 'while it runs') await keeper.next();
    for (const watcher of await keeper.watchers()) process.kill(watcher, 'SIGKILL');
    keeper.signal('SIGKILL');
    for (const watcher of await keeper.watchers()) process.kill(watcher, 'SIGKILL');
    await keeper.ended;
    const { stderr } = await scenario.succeed('ls');
    expect(await leftOf(project)).toEqual([]);
    expect(stderr).toContain(`removed ${project}, which process ${String(keeper.pid)} on`);
  },
);

test('a paused process keeps its copy, and a watcher that is killed comes back', async () => {
  const scenario = open();
  const keeper = new Keeper(scenario);
  await keeper.next();
  const { project } = await keeper.next();
  const before = await keeper.watchers();
  expect(before).toHaveLength(1);
  for (const watcher of before) process.kill(watcher, 'SIGKILL');
  const after = await eventually(
    () => keeper.watchers(),
    ([watcher]) => watcher !== undefined && !before.includes(watcher),
  );
  expect(after).toHaveLength(1);
  keeper.signal('SIGSTOP');
  await sleep(1000);
  expect(JSON.parse((await scenario.succeed('prune', '--format', 'json')).stdout)).toMatchObject({
    live: expect.arrayContaining([expect.objectContaining({ project })]),
  });
  expect((await leftOf(project)).length).toBe(4);
  keeper.signal('SIGCONT');
  await keeper.end();
  expect(await leftOf(project)).toEqual([]);
});

test('processes that ask for one key share one copy, which ends with the last one, killed ones not counted', async () => {
  const scenario = open();
  const keepers = Array.from({ length: 5 }, () => new Keeper(scenario, 'the key'));
  const said = await Promise.all(keepers.map((keeper) => keeper.next()));
  const [project = ''] = said.map((words) => words.project);
  expect(new Set(said.map((words) => words.project)).size).toBe(1);
  expect(said.filter(({ isFirst }) => isFirst === true)).toHaveLength(1);
  const containers = (await labelled(`com.docker.compose.project=${project}`)).filter((name) =>
    name.startsWith('container '),
  );
  expect(containers).toHaveLength(1);

  const [killed, last, ...others] = keepers;
  killed?.signal('SIGKILL');
  await Promise.all([killed?.ended, ...others.map((keeper) => keeper.end())]);
  expect((await labelled(`com.docker.compose.project=${project}`)).length).toBe(3);
  await last?.end();
  expect(
    await eventually(
      () => leftOf(project),
      (names) => names.length === 0,
    ),
  ).toEqual([]);
});
