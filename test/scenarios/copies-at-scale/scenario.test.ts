import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { copiesOf, eventually, fetchText, labelled, leftOf, removeCopiesLater } from '../harness/copies.ts';
import { Keeper } from '../harness/keeper.ts';
import { isFullScale, scaleTimeout, tellFigure } from '../harness/scale.ts';
import { openScenario, Scenario } from '../harness/scenario.ts';
import { seededRandom } from '../harness/seeded-random.ts';

const counts = isFullScale
  ? { copies: 20, processes: 10, kills: 50, networks: 200, killsAmong: 6, sharing: 20, killedSharing: 5 }
  : { copies: 3, processes: 3, kills: 2, networks: 34, killsAmong: 1, sharing: 4, killedSharing: 1 };
const timeout = scaleTimeout;

test(`${String(counts.copies)} copies, started by ${String(counts.processes)} processes at a time`, {
  timeout,
}, async () => {
  const scenario = openScenario(import.meta.dirname);
  removeCopiesLater(scenario.project);
  const waiting = Array.from({ length: counts.copies }, (_, index) => `c${String(index)}`);
  const begin = Date.now();
  const work = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
      await scenario.succeed('up', '-d', '--wait', '--instance', name);
  };
  await Promise.all(Array.from({ length: counts.processes }, work));
  tellFigure(`${String(counts.copies)} copies up in ${String(Date.now() - begin)} ms`);
  const { stdout } = await scenario.succeed('ls', '--format', 'json', '--filter', `name=^${scenario.project}-`);
  const copies = JSON.parse(stdout) as readonly {
    Name: string;
    Endpoints: readonly { target: number; host: string; port: number }[];
  }[];
  expect(copies).toHaveLength(counts.copies);
  for (const { Name, Endpoints } of copies) {
    const web = Endpoints.find(({ target }) => target === 80);
    expect(await fetchText(web?.host ?? '', web?.port ?? 0)).toBe(`${Name}\n`);
  }
  expect(new Set(copies.flatMap(({ Endpoints }) => Endpoints.map(({ port }) => port))).size).toBe(2 * counts.copies);
  await scenario.succeed('down', '-v', '-t', '0', '--instance', 'c0');
  const left = (await copiesOf(scenario.project)).filter((name) => name.startsWith('network '));
  expect(left).toHaveLength(counts.copies - 1);
});

test(`${String(counts.kills)} owners killed at any moment, half of them with their watcher`, { timeout }, async () => {
  const scenario = openScenario(import.meta.dirname, { TOPSAIL_NO_SWEEP: '' });
  removeCopiesLater(scenario.project);
  const idle = new Keeper(scenario);
  await idle.next();
  const { project: living } = await idle.next();
  const before = await leftOf(living);
  const random = seededRandom(7);
  for (let round = 0; round < counts.kills; round += 1) {
    const keeper = new Keeper(scenario);
    const moment = Math.floor(random() * 2500);
    await sleep(moment);
    const withWatcher = round % 2 === 1;
    const watchers = withWatcher ? await keeper.watchers() : [];
    keeper.signal('SIGKILL');
    for (const watcher of [...watchers, ...(withWatcher ? await keeper.watchers() : [])]) kill(watcher);
    await keeper.ended;
    await scenario.succeed('ls');
    const left = (await copiesOf(scenario.project)).filter((name) => !name.includes(living));
    const leases = (await labelled('dev.topsail.lease')).filter((name) => !before.includes(name));
    const own = leases.length === 0 ? [] : await ownLeases(scenario, living);
    tellFigure(
      `kill ${String(round)} after ${String(moment)} ms${withWatcher ? ' with watcher' : ''}: ${String(left.length + own.length)} left`,
    );
    expect({ round, moment, left, own }).toEqual({ round, moment, left: [], own: [] });
  }
  expect((await leftOf(living)).filter((name) => !name.includes('lease'))).toEqual(
    before.filter((name) => !name.includes('lease')),
  );
  await idle.end();
  expect(await leftOf(living)).toEqual([]);
});

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** Leases on copies of this scenario but the living one. */
async function ownLeases(scenario: Scenario, living: string): Promise<readonly string[]> {
  const { stdout } = await scenario.succeed('prune', '--format', 'json');
  const { live } = JSON.parse(stdout) as { live: readonly { project: string }[] };
  return live
    .map(({ project }) => project)
    .filter((project) => project.startsWith(`${scenario.project}-`) && project !== living);
}

/** A project of many networks, one of them unused, and nothing else. */
async function openNetworks(environment: Readonly<Record<string, string>>): Promise<Scenario> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-networks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const keys = Array.from({ length: counts.networks }, (_, index) => `n${String(index)}`);
  await writeFile(
    join(folder, 'compose.yaml'),
    [
      'services:',
      `  idle: {image: "\${TOPSAIL_TEST_BUSYBOX:-busybox:latest}", scale: 0, networks: [${keys.slice(1).join(', ')}]}`,
      'networks:',
      ...keys.map((key) => `  ${key}: {}`),
    ].join('\n'),
  );
  const scenario = new Scenario(folder, environment);
  removeCopiesLater(scenario.project);
  return scenario;
}

test(`${String(counts.networks)} networks on one engine`, { timeout }, async () => {
  const scenario = await openNetworks({});
  const { project } = scenario;
  const begin = Date.now();
  await scenario.succeed('--all-resources', 'up', '-d', '--instance', 'many');
  tellFigure(`${String(counts.networks)} networks made in ${String(Date.now() - begin)} ms`);
  expect(await copiesOf(project)).toHaveLength(counts.networks);
  await scenario.succeed('down', '--instance', 'many');
  expect(await copiesOf(project)).toEqual([]);
});

test(`owners killed while the engine makes ${String(counts.networks)} networks for them`, { timeout }, async () => {
  const scenario = await openNetworks({ TOPSAIL_NO_SWEEP: '' });
  const { project } = scenario;
  const random = seededRandom(11);
  for (let round = 0; round < counts.killsAmong; round += 1) {
    const keeper = new Keeper(scenario);
    await keeper.next();
    const wanted = Math.floor((random() * counts.networks) / 2);
    await eventually(
      () => copiesOf(project),
      (made) => made.length >= wanted,
    );
    const withWatcher = round % 2 === 0;
    for (const watcher of withWatcher ? await keeper.watchers() : []) kill(watcher);
    keeper.signal('SIGKILL');
    for (const watcher of withWatcher ? await keeper.watchers() : []) kill(watcher);
    await keeper.ended;
    const made = (await copiesOf(project)).length;
    const begin = Date.now();
    await scenario.succeed('ls');
    const left = await copiesOf(project);
    tellFigure(
      `kill ${String(round)} after ${String(made)} networks${withWatcher ? ' with watcher' : ''}: ${String(left.length)} left after ${String(Date.now() - begin)} ms`,
    );
    expect({ round, left }).toEqual({ round, left: [] });
  }
});

test(`${String(counts.sharing)} processes share one copy, ${String(counts.killedSharing)} of them are killed`, {
  timeout,
}, async () => {
  const scenario = openScenario(import.meta.dirname, { TOPSAIL_NO_SWEEP: '' });
  removeCopiesLater(scenario.project);
  const keepers = Array.from({ length: counts.sharing }, () => new Keeper(scenario, 'key'));
  const begin = Date.now();
  const said = await Promise.all(keepers.map((keeper) => keeper.next()));
  tellFigure(`${String(counts.sharing)} parts in ${String(Date.now() - begin)} ms`);
  const [{ project } = { project: '' }] = said;
  expect(said.filter(({ isFirst }) => isFirst === true)).toHaveLength(1);
  const running = await labelled(`com.docker.compose.project=${project}`);
  expect(running.filter((name) => name.startsWith('container '))).toHaveLength(2);
  const [last, ...others] = keepers;
  const killed = others.splice(0, counts.killedSharing);
  for (const keeper of killed) keeper.signal('SIGKILL');
  await Promise.all([...killed.map((keeper) => keeper.ended), ...others.map((keeper) => keeper.end())]);
  expect(await labelled(`com.docker.compose.project=${project}`)).toEqual(running);
  await last?.end();
  expect(
    await eventually(
      () => leftOf(project),
      (names) => names.length === 0,
    ),
  ).toEqual([]);
});
