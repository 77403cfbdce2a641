import { expect, test } from 'vitest';
import { blockedStarts, planStart } from '../../../src/plan/plan-start.ts';
import { labelledServices } from '../../../src/state/labelled-services.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import { running, shop, textOf } from './existing-projects.ts';
import { desire, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const { services } = desire(shop);

test('start starts what does not run, dependencies first and under their conditions', async () => {
  const lab = await running();
  for (const name of ['db', 'api', 'web']) await lab.engine.containers.stop(`shop-${name}-1`);
  expect(textOf(planStart(services, await lab.observe(shop)))).toEqual([
    'start container:db:1 (it has exited (0))',
    'wait container:db:1 healthy (api depends on it) after start container:db:1',
    'start container:api:1 (it has exited (0)) after wait container:db:1 healthy',
    'start container:web:1 (it has exited (0)) after start container:api:1',
  ]);
});

test('a named service brings its dependencies, and what runs is left alone without a word', async () => {
  const lab = await running();
  await lab.engine.containers.stop('shop-web-2');
  await lab.engine.containers.stop('shop-job-1');
  expect(textOf(planStart(services, await lab.observe(shop), { services: ['web'] }))).toEqual([
    'start container:web:2 (it has exited (0))',
  ]);
});

test('a named service without a container is told, others are not', async () => {
  const lab = await running();
  await lab.engine.containers.remove('shop-job-1', { force: true });
  const observed = await lab.observe(shop);
  expect(textOf(planStart(services, observed))).toEqual(['nothing to do']);
  expect(textOf(planStart(services, observed, { services: ['job'] }))).toEqual([
    'nothing to do',
    'warning: service:job it has no container to start',
  ]);
});

test('without a file the labels tell who depends on whom, and how', async () => {
  const lab = await running();
  for (const name of ['db', 'api']) await lab.engine.containers.stop(`shop-${name}-1`);
  const observed = await lab.observe(shop);
  expect(textOf(planStart(labelledServices(observed), observed))).toEqual([
    'start container:db:1 (it has exited (0))',
    'wait container:db:1 healthy (api depends on it) after start container:db:1',
    'start container:api:1 (it has exited (0)) after wait container:db:1 healthy',
  ]);
});

test('of two containers of one number, left by an interrupted recreate, one is started', async () => {
  const lab = laboratory();
  await lab.up({ services: { job: {} } }, { start: false });
  const [old] = await lab.engine.containers.list({ all: true });
  const { Config: config } = await lab.engine.containers.inspect('shop-job-1');
  await lab.engine.containers.create({
    name: `${old?.Id.slice(0, 12) ?? ''}_shop-job-1`,
    body: { Image: 'busybox', Labels: config.Labels ?? {} },
  });
  const plan = planStart(services, await lab.observe(shop));
  expect(plan.plan.nodes.map(({ operation }) => 'container' in operation && operation.container.id)).toEqual([old?.Id]);
});

test('--wait waits for every service, also for what runs already', async () => {
  const lab = await running();
  expect(textOf(planStart(services, await lab.observe(shop), { wait: true }))).toEqual([
    'wait container:db:1 running-or-healthy (waiting was asked for)',
  ]);
});

const migrated = {
  services: {
    job: {},
    web: { depends_on: { job: { condition: 'service_completed_successfully', required: true } } },
    proxy: { depends_on: { web: { condition: 'service_started', required: true } } },
    other: {},
  },
} satisfies ProjectSketch;

async function withoutJob(project: ProjectSketch): Promise<ObservedState> {
  const lab = laboratory();
  await lab.up(project, { start: false });
  await lab.engine.containers.remove('shop-job-1', { force: true });
  return lab.observe(project);
}

test('what wants a container completed that is not there is left out with its dependents, and all else is started', async () => {
  const observed = await withoutJob(migrated);
  const { services: wanted } = desire(migrated);
  expect(textOf(planStart(wanted, observed))).toEqual(['start container:other:1 (not started yet)']);
  expect(blockedStarts(wanted, observed)).toEqual(['web is missing dependency job']);
  expect(blockedStarts(wanted, observed, { services: ['other'] })).toEqual([]);
});

test('a dependency that is meant to have no container, or only has to be started, is no obstacle', async () => {
  const observed = await withoutJob(migrated);
  const none = desire({ services: { ...migrated.services, job: { scale: 0 } } });
  expect(blockedStarts(none.services, observed)).toEqual([]);
  const started = { job: { condition: 'service_started', required: true } } as const;
  const loose = desire({ services: { ...migrated.services, web: { depends_on: started } } });
  expect(blockedStarts(loose.services, observed)).toEqual([]);
});

test('an optional dependency without a container is warned of', async () => {
  const optional: ProjectSketch = {
    services: {
      job: {},
      web: { depends_on: { job: { condition: 'service_completed_successfully', required: false } } },
    },
  };
  const observed = await withoutJob(optional);
  expect(textOf(planStart(desire(optional).services, observed))).toEqual([
    'start container:web:1 (not started yet)',
    'warning: web is missing dependency job',
  ]);
});

test('a paused container is left to the engine, which refuses to start it', async () => {
  const lab = await running();
  await lab.engine.containers.pause('shop-db-1');
  expect(textOf(planStart(services, await lab.observe(shop)))).toContain('start container:db:1 (it is paused)');
});
