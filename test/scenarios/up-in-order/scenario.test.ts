import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

test('up starts a service once what it depends on is healthy, and down stops in reverse and leaves nothing', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');

  const [db, auth, web] = await Promise.all(['db', 'auth', 'web'].map((service) => scenario.inspect(service)));
  const started = [db, auth, web].map((container) => container?.State.StartedAt ?? '');
  expect(started).toEqual(started.toSorted());
  expect((await scenario.containers()).map((container) => container.State)).toEqual(['running', 'running', 'running']);
  expect((await scenario.inspect('db')).State).toMatchObject({ Status: 'running' });

  const { stderr } = await scenario.succeed('down');
  const stopped = [...stderr.matchAll(/Container \S+-(\w+)-1 +Stopped/g)].map((match) => match[1]);
  expect(stopped).toEqual(['web', 'auth', 'db']);
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [`${scenario.project}_data`] });

  await scenario.succeed('down', '--volumes');
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

test('docker compose labels make the containers findable by other tools', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'db');
  const [db, ...others] = await scenario.containers();
  expect(others).toEqual([]);
  expect(db?.Labels).toMatchObject({
    'com.docker.compose.project': scenario.project,
    'com.docker.compose.service': 'db',
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.project.working_dir': import.meta.dirname,
    'com.docker.compose.config-hash': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});
