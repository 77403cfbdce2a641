import { expect, test } from 'vitest';
import { planRestart } from '../../../src/plan/plan-restart.ts';
import { running, shop, textOf } from './existing-projects.ts';
import { desire } from './plan-laboratory.ts';

const { services } = desire(shop);

test('restart goes along the dependencies and waits for their conditions', async () => {
  const lab = await running();
  await lab.engine.containers.stop('shop-job-1');
  expect(textOf(planRestart(services, await lab.observe(shop)))).toEqual([
    'restart container:db:1 (restart)',
    'wait container:db:1 healthy (api depends on it) after restart container:db:1',
    'restart container:api:1 (restart) after wait container:db:1 healthy',
    'restart container:web:1 (restart) after restart container:api:1',
    'restart container:web:2 (restart) after restart container:api:1',
    'restart container:job:1 (restart)',
  ]);
});

test('a dependent with restart: true is restarted too, unless dependents are to be left alone', async () => {
  const lab = await running();
  const observed = await lab.observe(shop);
  expect(textOf(planRestart(services, observed, { services: ['db'] }))).toEqual([
    'restart container:db:1 (restart)',
    'wait container:db:1 healthy (api depends on it) after restart container:db:1',
    'restart container:api:1 (db is restarted) after wait container:db:1 healthy',
  ]);
  expect(textOf(planRestart(services, observed, { services: ['db'], withoutDependents: true }))).toEqual([
    'restart container:db:1 (restart)',
  ]);
});

test('a dependency that is not restarted is waited for only if it is not what it shall be', async () => {
  const lab = await running();
  const alone = { services: ['api'], timeoutSeconds: 3 };
  expect(textOf(planRestart(services, await lab.observe(shop), alone))).toEqual([
    'wait container:db:1 healthy (api depends on it)',
    'restart container:api:1 (restart) after wait container:db:1 healthy',
  ]);
  lab.engine.control.setHealth('shop-db-1', 'healthy');
  const { plan } = planRestart(services, await lab.observe(shop), alone);
  expect(plan.nodes.map(({ operation }) => operation)).toMatchObject([
    { kind: 'restart-container', service: 'api', timeoutSeconds: 3 },
  ]);
});
