import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copiesOf, fetchText, removeCopiesLater } from '../harness/copies.ts';
import { ofProject, readEngine } from '../harness/engine-api.ts';
import { recordCalls } from '../harness/recording-proxy.ts';
import { openScenario, Scenario } from '../harness/scenario.ts';

interface ListedProject {
  readonly Name: string;
  readonly Instance?: string;
  readonly InstanceOf?: string;
  readonly Endpoints?: readonly { service: string; target: number; host: string; port: number }[];
}

test('copies from the unchanged file start at once, answer at ports of their own, and go one by one', async () => {
  const scenario = openScenario(import.meta.dirname);
  removeCopiesLater(scenario.project);
  const names = ['one', 'two', 'three', 'four'];
  await Promise.all(names.map((name) => scenario.succeed('up', '-d', '--instance', name)));

  const { stdout } = await scenario.succeed('ls', '--format', 'json', '--filter', `name=^${scenario.project}-`);
  const copies = JSON.parse(stdout) as readonly ListedProject[];
  expect(copies.map(({ Name }) => Name).toSorted()).toEqual(
    names.map((name) => `${scenario.project}-${name}`).toSorted(),
  );
  for (const { Name, InstanceOf, Endpoints = [] } of copies) {
    expect(InstanceOf).toBe(scenario.project);
    const [db, web] = ['db', 'web'].map((service) => Endpoints.find((each) => each.service === service));
    if (db === undefined || web === undefined) throw new Error(`${Name} has no endpoints`);
    expect(await fetchText(db.host, db.port)).toBe(`${Name}\n`);
    expect(await fetchText(web.host, web.port)).toBe(`${String(db.port)}\n`);
  }
  const ports = copies.flatMap(({ Endpoints = [] }) => Endpoints.map(({ port }) => port));
  expect(new Set(ports).size).toBe(8);

  await scenario.succeed('down', '-v', '--instance', 'two');
  const left = await copiesOf(scenario.project);
  expect(left.filter((name) => name.startsWith('container '))).toHaveLength(6);
  expect(left.filter((name) => name.includes('-two'))).toEqual([]);
});

test('a second up of a copy writes nothing, and every command finds the copy', async () => {
  const proxy = await recordCalls();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address, TOPSAIL_INSTANCE: 'again' });
  removeCopiesLater(scenario.project);
  await scenario.succeed('up', '-d');
  proxy.forget();
  await scenario.succeed('up', '-d');
  expect(proxy.writes()).toEqual([]);
  expect((await scenario.succeed('ps', '-q')).stdout.trim().split('\n')).toHaveLength(2);

  const { stdout } = await scenario.succeed('env');
  expect(stdout).toMatch(/^export DB_PORT_5432=2\d{4}$/m);
  expect(stdout).toContain(`export TOPSAIL_PROJECT=${scenario.project}-again\n`);
  const json = JSON.parse((await scenario.succeed('env', '--format', 'json', 'web')).stdout) as object;
  expect(json).toMatchObject({ instance: 'again', endpoints: [{ service: 'web', target: 80 }] });
  await scenario.succeed('down', '-v');
  expect(await copiesOf(scenario.project)).toEqual([]);
});

test('the copy may be named behind each command', async () => {
  const scenario = openScenario(import.meta.dirname);
  removeCopiesLater(scenario.project);
  expect((await scenario.run('plan', '--instance', 'late')).exitCode).toBe(2);
  await scenario.succeed('create', '--instance', 'late');
  await scenario.succeed('start', '--instance=late');
  expect((await scenario.run('plan', '--instance', 'late')).exitCode).toBe(0);
  expect((await scenario.succeed('ps', '--instance', 'late', '-q')).stdout.trim().split('\n')).toHaveLength(2);
  const { stdout } = await scenario.succeed('exec', '--instance', 'late', '-T', 'db', 'echo', '--instance', 'other');
  expect(stdout).toBe('--instance other\n');
  expect((await scenario.succeed('port', 'db', '5432', '--instance', 'late')).stdout).toMatch(/:2\d{4}\n$/);
  await scenario.succeed('logs', '--instance', 'late');
  await scenario.succeed('stop', '--instance', 'late');
  await scenario.succeed('rm', '-f', '--instance', 'late');
  expect((await scenario.succeed('ps', '-aq', '--instance', 'late')).stdout).toBe('');
});

test('a file that asks for it has a copy for each worktree and branch', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-worktrees-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = [
    'name: trees',
    'x-topsail: {instances: worktree}',
    'services:',
    '  web: {image: "${TOPSAIL_TEST_BUSYBOX:-busybox:latest}", command: [sleep, infinity], ports: ["18081:80"], stop_signal: SIGKILL}',
  ].join('\n');
  const scenarios = await Promise.all(
    ['main', 'feature/one'].map(async (branch, index) => {
      const tree = join(folder, `tree${String(index)}`);
      await mkdir(join(tree, '.git'), { recursive: true });
      await writeFile(join(tree, '.git', 'HEAD'), `ref: refs/heads/${branch}\n`);
      await writeFile(join(tree, 'compose.yaml'), file);
      return new Scenario(tree, { COMPOSE_PROJECT_NAME: scenarioName });
    }),
  );
  removeCopiesLater(scenarioName);
  await Promise.all(scenarios.map((scenario) => scenario.succeed('up', '-d')));
  const running = await Promise.all(
    scenarios.map(async (scenario) => (await scenario.succeed('ps', '--format', '{{.Name}}')).stdout.trim()),
  );
  expect(running[0]).toMatch(/-main-[0-9a-f]{4}-web-1$/);
  expect(running[1]).toMatch(/-feature-one-[0-9a-f]{4}-web-1$/);
  for (const scenario of scenarios) await scenario.succeed('down');
  expect(await readEngine(`/containers/json?all=1&${ofProject(scenarioName)}`)).toEqual([]);
  expect(await copiesOf(scenarioName)).toEqual([]);
});

const scenarioName = `topsail-trees-${String(process.pid)}`;

test('what a copy would share is told, and refused where isolation is strict', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-shared-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = 'services: {web: {image: none, network_mode: host, volumes: ["./:/app"]}}\n';
  await writeFile(join(folder, 'compose.yaml'), file);
  const scenario = new Scenario(folder, { COMPOSE_PROJECT_NAME: 'shared' });
  const { exitCode, stderr } = await scenario.run('up', '-d', '--instance', 'x', '--isolate', 'strict');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('service "web" uses the network of the host');
  expect(stderr).toContain(`service "web" writes to ${folder} of the host`);
});
