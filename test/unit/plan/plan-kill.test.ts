import { expect, test } from 'vitest';
import { planKill } from '../../../src/plan/plan-kill.ts';
import { running, shop, textOf } from './existing-projects.ts';

const names = Object.keys(shop.services);

test('kill sends a signal to all that run, at once, and to nothing else', async () => {
  const lab = await running();
  await lab.engine.containers.stop('shop-job-1');
  const result = planKill(names, await lab.observe(shop), { killSignal: 'SIGHUP' });
  expect(textOf(result).toSorted()).toEqual([
    'kill container:api:1 (kill)',
    'kill container:db:1 (kill)',
    'kill container:web:1 (kill)',
    'kill container:web:2 (kill)',
  ]);
  expect(result.plan.nodes[0]?.operation).toMatchObject({ signal: 'SIGHUP' });
});

test('services that the file does not have are killed by name, with --remove-orphans, or without a file', async () => {
  const lab = await running();
  const observed = await lab.observe(shop);
  const count = (...call: Parameters<typeof planKill>): number => planKill(...call).plan.nodes.length;
  expect(count(['db'], observed)).toBe(1);
  expect(count(['db'], observed, { services: ['job'] })).toBe(1);
  expect(count(['db'], observed, { removeOrphans: true })).toBe(5);
  expect(count(undefined, observed)).toBe(5);
});
