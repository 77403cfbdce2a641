import { expect, test } from 'vitest';
import { type ImageRequest, imageRequests } from '../../../src/state/image-requests.ts';
import { selectRequests } from '../../../src/state/select-requests.ts';
import { projectOf } from '../../fakes/load-compose.ts';

async function requests(defaultPlatform?: string): Promise<readonly ImageRequest[]> {
  const project = await projectOf(`
services:
  web: { image: "web:1", platform: linux/arm64, pull_policy: daily, depends_on: [api] }
  api: { build: { context: ., tags: ["r.example/api:2"] }, depends_on: [db] }
  db: { image: db }
  cloud: { provider: { type: cloud } }
`);
  return imageRequests(project, defaultPlatform).toSorted((a, b) => (a.service < b.service ? -1 : 1));
}

test('a request says what a service wants of its image', async () => {
  expect(await requests('linux/amd64')).toEqual([
    {
      service: 'api',
      image: undefined,
      tags: ['r.example/api:2'],
      buildable: true,
      platform: 'linux/amd64',
      policy: undefined,
      dependencies: ['db'],
    },
    expect.objectContaining({ service: 'cloud', image: undefined, buildable: false }),
    expect.objectContaining({ service: 'db', image: 'db' }),
    expect.objectContaining({ service: 'web', image: 'web:1', platform: 'linux/arm64', policy: 'daily' }),
  ]);
});

test.each([
  [[], false, ['api', 'cloud', 'db', 'web']],
  [['web'], false, ['web']],
  [['web'], true, ['api', 'db', 'web']],
])('services %j with dependencies %j', async (services, withDependencies, expected) => {
  const selected = selectRequests(await requests(), services, withDependencies);
  expect(selected.map(({ service }) => service)).toEqual(expected);
});
