import { expect, test } from 'vitest';
import { planPause, planUnpause } from '../../../src/plan/plan-pause.ts';
import { running, shop, textOf } from './existing-projects.ts';

test('pause and unpause take what runs, of the services of the file or of those named', async () => {
  const lab = await running();
  await lab.engine.containers.stop('shop-web-1');
  const observed = await lab.observe(shop);
  expect(textOf(planPause(['web', 'job'], observed)).toSorted()).toEqual([
    'pause container:job:1 (pause)',
    'pause container:web:2 (pause)',
  ]);
  expect(textOf(planUnpause(undefined, observed, { services: ['db'] }))).toEqual(['unpause container:db:1 (unpause)']);
});
