import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { callEngine, readEngine } from '../harness/engine-api.ts';
import { nothing } from '../harness/nothing.ts';
import { imageExists, makeOwnImage } from '../harness/own-image.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const outside = `outside-${randomBytes(4).toString('hex')}`;
const ownImage = `topsail-own-${randomBytes(4).toString('hex')}`;

/** A project that runs, with a network and a volume that belong to somebody else. */
async function running(environment: Readonly<Record<string, string>> = {}): Promise<Scenario> {
  const scenario = openScenario(import.meta.dirname, {
    OUTSIDE: outside,
    OWN_IMAGE: ownImage,
    NAMED_IMAGE: ownImage,
    ...environment,
  });
  onTestFinished(async () => {
    await scenario.remove();
    await callEngine('DELETE', `/networks/${outside}`);
    await callEngine('DELETE', `/volumes/${outside}`);
  });
  const variables: Readonly<Record<string, string>> = { OWN_IMAGE: ownImage, ...environment };
  for (const name of new Set([variables['OWN_IMAGE'], variables['NAMED_IMAGE']]))
    if (name !== undefined) await makeOwnImage(name);
  await callEngine('POST', '/networks/create', { Name: outside });
  await callEngine('POST', '/volumes/create', { Name: outside });
  await scenario.succeed('up', '-d');
  return scenario;
}

async function anonymousVolume(scenario: Scenario): Promise<string> {
  const { Mounts } = await readEngine<{ Mounts: readonly { Name?: string; Destination: string }[] }>(
    `/containers/${scenario.project}-app-1/json`,
  );
  return Mounts.find(({ Destination }) => Destination === '/anonymous')?.Name ?? '';
}

const exists = async (path: string): Promise<boolean> => (await callEngine('GET', path)).status === 200;

test('down keeps volumes; -v removes named and anonymous ones; what is external stays in either case', async () => {
  const scenario = await running();
  const volume = await anonymousVolume(scenario);
  await scenario.succeed('down');
  expect(await scenario.leftovers()).toEqual({ ...nothing, volumes: [`${scenario.project}_data`] });
  await callEngine('DELETE', `/volumes/${volume}`);

  await scenario.succeed('up', '-d');
  const second = await anonymousVolume(scenario);
  await scenario.succeed('down', '-v');
  expect(await scenario.leftovers()).toEqual(nothing);
  expect(await exists(`/volumes/${second}`)).toBe(false);
  expect([await exists(`/networks/${outside}`), await exists(`/volumes/${outside}`)]).toEqual([true, true]);
});

test('-v also removes an anonymous volume that a recreate handed on', async ({ skip }) => {
  const scenario = await running();
  const volume = await anonymousVolume(scenario);
  const { Labels: labels } = await readEngine<{ Labels: object | null }>(`/volumes/${volume}`);
  if (labels === null) skip('not available here: an engine that labels anonymous volumes (23 or newer)');
  await scenario.succeed('up', '-d', '--force-recreate');
  expect(await anonymousVolume(scenario)).toBe(volume);
  await scenario.succeed('down', '-v');
  expect(await exists(`/volumes/${volume}`)).toBe(false);
});

test('-t 0 does not wait for a container that ignores its signal', async () => {
  const longerThanThisTest = '10m';
  const scenario = await running({ GRACE: longerThanThisTest });
  await scenario.succeed('down', '-v', '-t', '0');
  expect(await scenario.containers()).toEqual([]);
});

test('the grace period of the file is kept', async () => {
  const scenario = await running({ GRACE: '2s' });
  const begin = performance.now();
  await scenario.succeed('down', '-v');
  expect(performance.now() - begin).toBeGreaterThan(2000);
});

test('without a file, the name is enough', async () => {
  const scenario = await running();
  const elsewhere = openScenario('/', { COMPOSE_PROJECT_NAME: '' });
  await elsewhere.succeed('-p', scenario.project, 'down', '-v');
  expect(await scenario.leftovers()).toEqual(nothing);
});

test('--rmi local removes only images without a name of their own, --rmi all those of every service', async () => {
  const scenario = openScenario(import.meta.dirname, { OUTSIDE: outside });
  const [own, named] = [`${scenario.project}-app`, `${scenario.project}-with-its-name`];
  const variables = { OWN_IMAGE: own, NAMED_IMAGE: named, COMPOSE_PROJECT_NAME: scenario.project };
  const first = await running(variables);
  await first.succeed('down', '-v', '--rmi', 'local', 'app', 'helper');
  expect([await imageExists(own), await imageExists(named)]).toEqual([false, true]);

  await first.succeed('up', '-d', 'helper', '--no-deps');
  await first.succeed('down', '--rmi', 'all', 'helper');
  expect(await imageExists(named)).toBe(false);
  expect(await imageExists(process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest')).toBe(true);
});

test('--rmi local removes what was built for the project whatever its name, but not what is tagged elsewhere', async () => {
  const scenario = openScenario(import.meta.dirname, { OUTSIDE: outside });
  const [built, other] = [`${scenario.project}-with-its-name`, `${scenario.project}-gone`];
  const labels = (service: string): Record<string, string> => ({
    'com.docker.compose.project': scenario.project,
    'com.docker.compose.service': service,
  });
  await makeOwnImage(built, labels('helper'));
  await makeOwnImage(other, labels('gone'));
  await callEngine('POST', `/images/${built}/tag?repo=a-${built}&tag=latest`);
  const named = openScenario(import.meta.dirname, {
    ...{ OUTSIDE: outside, NAMED_IMAGE: built, COMPOSE_PROJECT_NAME: scenario.project },
  });
  const exist = async (...names: readonly string[]): Promise<readonly boolean[]> => Promise.all(names.map(imageExists));
  await named.succeed('down', '--rmi', 'local', 'app');
  expect(await exist(built, other)).toEqual([true, true]);
  await named.succeed('down', '--rmi', 'local');
  expect(await exist(built, `a-${built}`, other)).toEqual([false, true, true]);
  await named.succeed('down', '--rmi', 'local', '--remove-orphans');
  expect(await exist(other)).toEqual([false]);
});

test('an unknown --rmi and an unknown service are refused, and nothing is removed', async () => {
  const scenario = await running();
  expect((await scenario.run('down', '--rmi', 'some')).exitCode).toBe(1);
  expect((await scenario.run('down', 'apq')).exitCode).toBe(1);
  expect(await scenario.containers()).toHaveLength(3);
});
