import { expect, test } from 'vitest';
import { volumes } from '../../../src/compose/volumes.ts';
import { engineWith } from './project-engine.ts';

const byName = { name: 'p', project: undefined };

test('volumes of the project are listed by name; of services those that running containers mount', async () => {
  const engine = await engineWith();
  const Labels = { 'com.docker.compose.project': 'p' };
  for (const Name of ['p_data', 'p_cache']) await engine.volumes.create({ Name, Labels });
  await engine.volumes.create({ Name: 'foreign' });
  const { id } = await engine.containers.create({
    name: 'p-web-1',
    body: {
      Image: 'app:1',
      Labels: {
        ...Labels,
        'com.docker.compose.service': 'web',
        'com.docker.compose.config-hash': 'x',
        'com.docker.compose.oneoff': 'False',
      },
      HostConfig: { Binds: ['p_data:/data', 'foreign:/other'] },
    },
  });
  const names = async (services: readonly string[] = []) =>
    (await volumes({ engine }, byName, { services })).map(({ Name }) => Name);
  expect(await names()).toEqual(['p_cache', 'p_data']);
  expect(await names(['web'])).toEqual([]);
  await engine.containers.start(id);
  expect(await names(['web'])).toEqual(['p_data']);
});
