import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizeProjectName } from '../../../src/project/project-name.ts';

it.each([
  ['My App', 'myapp'],
  ['__x-y_z', 'x-y_z'],
  ['123', '123'],
  ['-_-', ''],
  ['ünïcode', 'ncode'],
  ['a.b', 'ab'],
])('makes %j to %j', (text, name) => {
  expect(normalizeProjectName(text)).toBe(name);
});

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const name = normalizeProjectName(text);
      expect(normalizeProjectName(name)).toBe(name);
    }),
  );
});
