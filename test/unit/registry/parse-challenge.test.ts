import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseChallenges } from '../../../src/registry/parse-challenge.ts';

function read(header: string): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)] as const);
}

test.each([
  ['Bearer realm="https://h/t",service="s"', [['bearer', { realm: 'https://h/t', service: 's' }]]],
  ['BASIC REALM=x', [['basic', { realm: 'x' }]]],
  [
    'Basic realm="a, b=\\"c\\"", Bearer realm="d"',
    [
      ['basic', { realm: 'a, b="c"' }],
      ['bearer', { realm: 'd' }],
    ],
  ],
  [
    'Negotiate, Basic realm="x"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
    ],
  ],
  ['Bearer realm = "x" , scope = "a:b:pull,push"', [['bearer', { realm: 'x', scope: 'a:b:pull,push' }]]],
  ['', []],
  ['realm="x"', []],
  ['"', []],
  ['Bearer realm="unclosed', [['bearer', {}]]],
])('reads %s', (header, challenges) => {
  expect(read(header)).toEqual(challenges);
});

test('a header of any text is read at once', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab=", \\'), maxLength: 200 }), (text) => void read(text)),
  );
  expect(read(`Bearer ${'a="'.repeat(100_000)}`).length).toBeLessThan(10_000);
});
