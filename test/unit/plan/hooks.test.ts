import { expect, test } from 'vitest';
import { planDown } from '../../../src/plan/plan-down.ts';
import { planRestart } from '../../../src/plan/plan-restart.ts';
import { planStart } from '../../../src/plan/plan-start.ts';
import { planStop } from '../../../src/plan/plan-stop.ts';
import { running, textOf } from './existing-projects.ts';
import { desire, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const hooked: ProjectSketch = {
  services: {
    db: { post_start: [{ command: ['one'] }, { command: ['two'] }], pre_stop: [{ command: ['bye'] }] },
    web: { depends_on: { db: { condition: 'service_started', required: true, restart: true } } },
  },
};

const early: ProjectSketch = {
  services: {
    db: { pre_start: [{ command: ['migrate'] }, { command: ['check'], image: 'tool' }], scale: 2 },
  },
};

test('post_start runs after each start, one hook after the other, and dependents wait for it', async () => {
  const text = await laboratory().text(hooked);
  expect(text).toContain(`post_start 0 container:db:1 (created) after start container:db:1
post_start 1 container:db:1 (created) after post_start 0 container:db:1
start container:web:1 (created) after create container:web:1, post_start 1 container:db:1`);
});

test('pre_stop runs before each stop, once dependents have stopped', async () => {
  const lab = await running(hooked);
  const observed = await lab.observe(hooked);
  const steps = [
    'stop container:web:1 (stop)',
    'pre_stop 0 container:db:1 (stop) after stop container:web:1',
    'stop container:db:1 (stop) after pre_stop 0 container:db:1',
  ];
  expect(textOf(planStop(desire(hooked), observed))).toEqual(steps);
  expect(textOf(planDown(desire(hooked), observed)).slice(0, 3)).toEqual(
    steps.map((step) => step.replace('(stop)', '(down)')),
  );
});

test('a container that does not run has no hooks to run before its stop, and without a file none are known', async () => {
  const lab = await running(hooked);
  expect(textOf(planStop(undefined, await lab.observe(hooked), { services: ['db'] }))).toEqual([
    'stop container:db:1 (stop)',
  ]);
  await lab.engine.containers.pause('shop-db-1');
  expect(textOf(planStop(desire(hooked), await lab.observe(hooked), { services: ['db'] }))).toEqual([
    'stop container:db:1 (stop)',
  ]);
});

test('a restart has both around it', async () => {
  const lab = await running(hooked);
  const options = { services: ['db'], withoutDependents: true };
  expect(textOf(planRestart(desire(hooked).services, await lab.observe(hooked), options))).toEqual([
    'pre_stop 0 container:db:1 (restart)',
    'restart container:db:1 (restart) after pre_stop 0 container:db:1',
    'post_start 0 container:db:1 (restart) after restart container:db:1',
    'post_start 1 container:db:1 (restart) after post_start 0 container:db:1',
  ]);
});

test('a replacement runs pre_stop in the former container and proves the new one after its post_start', async () => {
  const lab = await running(hooked);
  const { db, web } = hooked.services;
  const text = await lab.text({ services: { db: { ...db, user: 'root' }, web: { ...web } } });
  expect(text).toContain('  pre_stop 0 container:db:1 after create container:db:1, stop container:web:1');
  expect(text).toContain('  wait container:db:1 running-or-completed after post_start 1 container:db:1');
});

test('pre_start runs before the first replica of a service that does not run at all, and only then', async () => {
  const lab = laboratory({ images: ['busybox', 'tool'] });
  expect(await lab.text(early)).toContain(
    `pre_start 0 service:db (it runs before the service starts) after create container:db:1, create container:db:2
pre_start 1 service:db (it runs before the service starts) after pre_start 0 service:db
start container:db:1 (created) after create container:db:1, pre_start 1 service:db
start container:db:2 (created) after create container:db:2, pre_start 1 service:db`,
  );
  await lab.up(early);
  await lab.engine.containers.stop('shop-db-2');
  const { services } = desire(early);
  expect(textOf(planStart(services, await lab.observe(early)))).toEqual(['start container:db:2 (it has exited (0))']);
  await lab.engine.containers.stop('shop-db-1');
  expect(textOf(planStart(services, await lab.observe(early)))).toContain(
    'pre_start 0 service:db (it runs before the service starts)',
  );
});

test('images of pre_start are pulled as those of the service', async () => {
  const lab = laboratory({ images: ['busybox'], registry: ['tool'] });
  const text = await lab.text(early);
  expect(text).toContain('pull image:tool (not on the engine)');
  expect(text).toContain(
    'pre_start 1 service:db (it runs before the service starts) after pre_start 0 service:db, pull image:tool',
  );
});

test('what a failed pre_start left behind goes before the next one, and with down', async () => {
  const lab = laboratory({ images: ['busybox', 'tool'] });
  const labels = {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'db',
    'com.docker.compose.hook': 'pre_start',
  };
  await lab.engine.containers.create({ name: 'left', body: { Image: 'busybox', Labels: labels } });
  expect(await lab.text(early)).toContain('remove orphan:left (a pre_start hook left it)');
  expect(textOf(planDown(desire(early), await lab.observe(early)))).toEqual([
    'remove orphan:left (a pre_start hook left it)',
  ]);
});
