import { expect, test } from 'vitest';
import { planRemove } from '../../../src/plan/plan-remove.ts';
import { running, shop, textOf } from './existing-projects.ts';
import { desire } from './plan-laboratory.ts';

const desired = desire(shop);

test('rm removes what does not run, under one question', async () => {
  const lab = await running();
  await lab.engine.containers.stop('shop-web-2');
  await lab.engine.containers.stop('shop-job-1');
  expect(textOf(planRemove(desired, await lab.observe(shop)))).toEqual([
    'remove container:job:1 if confirmed (rm)',
    'remove container:web:2 if confirmed (rm)',
    'confirm remove containers: Going to remove shop-job-1, shop-web-2 [no]',
  ]);
});

test('rm --stop stops dependents first, and only once the answer is yes', async () => {
  const lab = await running();
  const policy = { services: ['web', 'api'], stop: true, volumes: true };
  const result = planRemove(desired, await lab.observe(shop), policy);
  expect(textOf(result)).toEqual([
    'stop container:web:2 if confirmed (rm)',
    'stop container:web:1 if confirmed (rm)',
    'stop container:api:1 if confirmed (rm) after stop container:web:1, stop container:web:2',
    'remove container:web:2 if confirmed (rm) after stop container:web:2',
    'remove container:web:1 if confirmed (rm) after stop container:web:1',
    'remove container:api:1 if confirmed (rm) after stop container:api:1',
    'confirm remove containers: Going to remove shop-api-1, shop-web-1, shop-web-2 [no]',
  ]);
  expect(result.plan.nodes.at(-1)?.operation).toMatchObject({ volumes: true });
});

test('with nothing to remove there is no question', async () => {
  const lab = await running();
  expect(textOf(planRemove(desired, await lab.observe(shop)))).toEqual(['nothing to do']);
});
