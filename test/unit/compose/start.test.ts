import { expect, test } from 'vitest';
import { start } from '../../../src/compose/start.ts';
import { up } from '../../../src/compose/up.ts';
import { laboratory } from './laboratory.ts';

test('start fails for a dependency without a container once everything else is started', async () => {
  const { engine, ports, project } = laboratory();
  const shop = await project(`
services:
  job: {image: app}
  web: {image: app, depends_on: {job: {condition: service_completed_successfully}}}
  other: {image: app}
`);
  await up(ports, shop, { start: false });
  await engine.containers.remove('p-job-1', { force: true });
  const starting = start(ports, { name: 'p', project: shop });
  await expect(starting).rejects.toMatchObject({
    code: 'missing-dependency',
    message: 'web is missing dependency job',
  });
  const rows = await engine.containers.list({ all: true });
  expect(rows.map(({ Names: [name], State: state }) => `${name} ${state}`).toSorted()).toEqual([
    '/p-other-1 running',
    '/p-web-1 created',
  ]);
});
