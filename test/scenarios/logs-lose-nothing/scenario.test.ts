import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMortalEngine } from '../harness/cut-proxy.ts';
import { callEngine } from '../harness/engine-api.ts';
import { readRawLog } from '../harness/raw-log.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const services = ['a', 'b', 'c', 'd', 'e'];
/** One lives on, for following ends when nothing does. */
const recreated = services.slice(0, -1);

/** What the engine keeps of the present container of each service. */
async function keptLines(scenario: Scenario): Promise<ReadonlyMap<string, readonly string[]>> {
  const logs = services.map(
    async (service) => [service, await readRawLog(`${scenario.project}-${service}-1`)] as const,
  );
  return new Map(await Promise.all(logs));
}

const each = (scenario: Scenario, names: readonly string[], call: string): Promise<unknown> =>
  Promise.all(names.map((service) => callEngine('POST', `/containers/${scenario.project}-${service}-1/${call}`)));

test('over three restarts, a recreate and lost connections every line is followed once and in order', async () => {
  const scenario = openScenario(import.meta.dirname);
  const engine = await startMortalEngine();
  await scenario.succeed('up', '-d');
  const watcher = openScenario(import.meta.dirname, {
    COMPOSE_PROJECT_NAME: scenario.project,
    DOCKER_HOST: engine.address,
  });
  const following = watcher.start('logs', '--follow', '--format', 'json');
  for (let restarts = 1; restarts <= 3; restarts += 1) {
    await following.until('stdout', new RegExp(`run ${String(restarts)} line ${String(restarts * 200)}`));
    await each(scenario, services, 'restart?t=0');
    if (restarts === 2) engine.cut();
  }
  await following.until('stdout', /run 4 line 400/);
  await each(scenario, recreated, 'kill');
  const before = await keptLines(scenario);
  engine.cut();
  await scenario.succeed('up', '-d', '--force-recreate', ...recreated);
  for (const service of recreated) {
    const id = ((await callEngine('GET', `/containers/${scenario.project}-${service}-1/json`)).body as { Id: string })
      .Id;
    await following.until('stdout', new RegExp(`"${service}".*${id.slice(0, 12)} run 1 ends`));
  }
  await following.until('stdout', /"e".*run 4 ends/);
  const after = await keptLines(scenario);
  // Nothing more is to come: what came twice would come now.
  await sleep(300);
  following.signal('SIGINT');
  const { exitCode, stdout } = await following.ended;
  expect(exitCode).toBe(130);
  const shown = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly service: string; readonly text: string; readonly time: string });
  for (const service of services) {
    const own = shown.filter((line) => line.service === service).map(({ text }) => text);
    const removed = recreated.includes(service) ? (before.get(service) ?? []) : [];
    expect(own).toEqual([...removed, ...(after.get(service) ?? [])]);
    expect(own.length).toBeGreaterThan(1000);
  }
});

test('without -f lines of all containers are in the order of time; parts of it are chosen by number, time and replica', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'a', 'b');
  for (const service of ['a', 'b']) {
    const following = scenario.start('logs', '-f', '--no-log-prefix', '--no-color', service);
    await following.until('stdout', /run 1 ends/);
    following.signal('SIGINT');
    await following.ended;
  }
  const lines = async (...words: readonly string[]): Promise<readonly string[]> =>
    (await scenario.succeed('logs', ...words)).stdout.trimEnd().split('\n');
  const timed = await lines('--timestamps', '--no-log-prefix');
  const times = timed.map((line) => line.split(' ')[0] ?? '');
  expect(times).toEqual(times.toSorted());
  expect(times).toHaveLength(2 * 801);
  expect(await lines('--tail', '3', '--index', '1', 'a')).toEqual([
    expect.stringMatching(/^a-1 {2}\| \S+ run 1 line 799$/),
    expect.stringMatching(/^a-1 {2}\| \S+ run 1 line 800$/),
    expect.stringMatching(/^a-1 {2}\| \S+ run 1 ends$/),
  ]);
  const middle = times[500] ?? '';
  const [since, until] = [
    await lines('--no-log-prefix', '--since', middle),
    await lines('--no-log-prefix', '--until', middle),
  ];
  expect(since).toHaveLength(times.filter((time) => time >= middle).length);
  expect(until).toHaveLength(times.filter((time) => time <= middle).length);
  const [object = ''] = await lines('-n', '1', '--format', 'json', 'b');
  expect(JSON.parse(object)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z$/),
    service: 'b',
    replica: 1,
    container: `${scenario.project}-b-1`,
    stream: 'stderr',
    text: expect.stringMatching(/run 1 ends$/),
  });
  expect(await scenario.run('logs', '--index', '1')).toMatchObject({
    exitCode: 1,
    stderr: '--index requires one service to be selected\n',
  });
});
