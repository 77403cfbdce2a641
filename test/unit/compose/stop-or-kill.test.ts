import { expect, test } from 'vitest';
import { stopOrKill } from '../../../src/compose/stop-or-kill.ts';
import { up } from '../../../src/compose/up.ts';
import { laboratory } from './laboratory.ts';

const two = 'services: {web: {image: app, depends_on: [db]}, db: {image: app}, other: {image: app}}';

test('services stop in order; others run on', async () => {
  const { engine, ports, project } = laboratory();
  const model = await project(two);
  await up(ports, model);
  engine.control.forgetCalls();
  await stopOrKill(ports, { name: 'p', project: model }, { targets: ['web', 'db'] });
  expect(engine.control.writes()).toEqual(['containers.stop p-web-1', 'containers.stop p-db-1']);
});

test('a force while a container is being stopped kills all that run', async () => {
  const { engine, ports, project } = laboratory();
  const model = await project(two);
  await up(ports, model);
  engine.control.forgetCalls();
  const held = engine.control.hold('containers.stop p-web-1');
  const force = new AbortController();
  const ending = stopOrKill(ports, { name: 'p', project: model }, { targets: ['web', 'db'], force: force.signal });
  await held.arrived();
  force.abort();
  await ending;
  expect(engine.control.writes().toSorted()).toEqual([
    'containers.kill p-db-1',
    'containers.kill p-web-1',
    'containers.stop p-web-1',
  ]);
});
