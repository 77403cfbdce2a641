import { describe, expect, it } from 'vitest';
import { memberOf } from '../../../../src/loader/tree/nodes.ts';
import { plainValue, sameValue, scalarText } from '../../../../src/loader/tree/plain-value.ts';
import { tree } from '../../../fakes/document-tree.ts';

function text(scalar: string): string | undefined {
  const node = memberOf(tree(`a: ${scalar}`), 'a');
  return node?.kind === 'scalar' ? scalarText(node) : undefined;
}

describe('scalarText', () => {
  it.each([
    ['5', '5'],
    ['0x1f', '31'],
    ['1e3', '1000'],
    ['1000000.0', '1e+06'],
    ['1.50', '1.5'],
    ['9007199254740993', '9007199254740993'],
    ['true', 'true'],
    ['"5"', '5'],
  ])('writes %s', (scalar, expected) => {
    expect(text(scalar)).toBe(expected);
  });
});

it('takes members in any order for the same', () => {
  expect(sameValue(tree('a: 1\nb: [x]'), tree('b: [x]\na: 1'))).toBe(true);
});

it.each([
  ['a: 1', 'a: "1"'],
  ['a: [1]', 'a: [1, 2]'],
  ['a: [1, 2]', 'a: [2, 1]'],
  ['a: 1', 'a: 1\nb: 2'],
  ['a: 1', 'b: 1'],
  ['a: {}', 'a: []'],
])('tells %s from %s', (one, other) => {
  expect(sameValue(tree(one), tree(other))).toBe(false);
});

it('makes mappings without a prototype', () => {
  expect(Object.getPrototypeOf(plainValue(tree('__proto__: 1')))).toBeNull();
});
