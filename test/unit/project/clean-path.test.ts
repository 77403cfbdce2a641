import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanPath } from '../../../src/project/clean-path.ts';

it.each([
  ['/d/', '/d'],
  ['/', '/'],
  ['//a//b/.', '/a/b'],
  ['/a/../..', '/'],
  ['rel/./x', 'rel/x'],
  ['../x', '../x'],
  ['a/..', '.'],
])('cleans %s', (path, cleaned) => {
  expect(cleanPath(path)).toBe(cleaned);
});

it('agrees with the normal form of POSIX paths, but for a trailing slash', () => {
  const part = fc.constantFrom('a', 'b', '.', '..', '');
  fc.assert(
    fc.property(fc.array(part), fc.boolean(), (parts, absolute) => {
      const path = `${absolute ? '/' : ''}${parts.join('/')}`;
      const normal = posix.normalize(path);
      const expected = normal.length > 1 ? normal.replace(/\/$/, '') : normal;
      if (path !== '') expect(cleanPath(path)).toBe(expected);
    }),
  );
});
