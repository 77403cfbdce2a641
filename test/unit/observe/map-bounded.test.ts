import { expect, test } from 'vitest';
import { mapBounded } from '../../../src/observe/map-bounded.ts';

test('results keep the order of the list and no more than the limit run at a time', async () => {
  let running = 0;
  let most = 0;
  const release: (() => void)[] = [];
  const work = mapBounded([1, 2, 3, 4, 5], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
    return item * 10;
  });
  for (let done = 0; done < 5; ) {
    const next = release.pop();
    if (next !== undefined) {
      next();
      done += 1;
    }
    await Promise.resolve();
  }
  expect(await work).toEqual([10, 20, 30, 40, 50]);
  expect(most).toBe(2);
});

test('the first failure is thrown', async () => {
  await expect(
    mapBounded([1, 2], 1, (item) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item))),
  ).rejects.toThrow('two');
});
