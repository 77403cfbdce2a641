import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareNaturally } from '../../../src/loader/natural-order.ts';

it.each([
  [
    ['b', 'a', 'B'],
    ['B', 'a', 'b'],
  ],
  [
    ['max-size', 'max-file'],
    ['max-file', 'max-size'],
  ],
  [
    ['A', '_B', '$C', 'a_b', 'ab'],
    ['$C', '_B', 'A', 'a_b', 'ab'],
  ],
  [
    ['LISTENERS', 'LISTENER_MAP'],
    ['LISTENER_MAP', 'LISTENERS'],
  ],
  [
    ['a10', 'a9', 'a1', 'a'],
    ['a', 'a1', 'a9', 'a10'],
  ],
  [
    ['10', '9', 'b', '1'],
    ['1', '9', '10', 'b'],
  ],
  [
    ['a1b', 'a1-'],
    ['a1b', 'a1-'],
  ],
  [
    ['v100', 'v10', 'v1000'],
    ['v10', 'v100', 'v1000'],
  ],
])('orders %j', (keys, ordered) => {
  expect([...keys].sort(compareNaturally)).toEqual(ordered);
});

it('is zero for equal keys only, and turns around with its arguments', () => {
  const key = fc.stringMatching(/^[a-zA-Z0-9_.-]*$/);
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareNaturally(a, b)) + Math.sign(compareNaturally(b, a))).toBe(0);
      expect(compareNaturally(a, b) === 0).toBe(a === b);
    }),
  );
});
