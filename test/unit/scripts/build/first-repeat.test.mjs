import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

const { default: find } = createRequire(import.meta.url)('../../../../scripts/build/first-repeat.cjs');

test('the first item that equals an earlier one is found, with that one', () => {
  expect(find(['x', 'y', 'z', 'y', 'x'])).toEqual([1, 3]);
  expect(find(['x', 'x', 'y', 'y'])).toEqual([0, 1]);
  expect(find([1, '1', true, 'true', null, 'null', Number.NaN, Number.NaN])).toEqual([6, 7]);
  expect(find([])).toBeUndefined();
});

test('mappings are equal in any order of their keys, and without a prototype', () => {
  const bare = Object.assign(Object.create(null), { target: 80, published: '80' });
  expect(find([{ published: '80', target: 80 }, bare])).toEqual([0, 1]);
  expect(find([{ target: 80 }, { target: '80' }, [80], { 0: 80 }])).toBeUndefined();
});

test('what only differs deep inside, or far along, is told apart', () => {
  const deep = (leaf) => ({ a: { b: { c: { d: { e: leaf } } } } });
  expect(find([deep(1), deep(2)])).toBeUndefined();
  expect(find([deep(1), deep(2), deep(1)])).toEqual([0, 2]);
  const long = (end) => [...Array.from({ length: 1000 }, (_, index) => index), end];
  expect(find([long(1), long(2)])).toBeUndefined();
  expect(find([long(1), long(2), long(2)])).toEqual([1, 2]);
});
