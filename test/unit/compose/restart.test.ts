import { expect, test } from 'vitest';
import { restart } from '../../../src/compose/restart.ts';
import { laboratory } from './laboratory.ts';

test('without a file and containers no service is known', async () => {
  const { ports } = laboratory();
  await expect(restart(ports, { name: 'p', project: undefined }, { services: ['web'] })).rejects.toThrow(
    'no such service: web',
  );
  expect((await restart(ports, { name: 'p', project: undefined })).plan.nodes).toEqual([]);
});
