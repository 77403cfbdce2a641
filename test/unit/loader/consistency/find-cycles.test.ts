import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCycles } from '../../../../src/loader/consistency/find-cycles.ts';

function cycles(edges: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] {
  return findCycles(new Map(Object.entries(edges)));
}

it('finds nothing where all edges lead on', () => {
  expect(cycles({ a: ['b', 'c'], b: ['c'], c: [], d: ['a'] })).toEqual([]);
});

it('starts a circle at its first name', () => {
  expect(cycles({ z: ['c'], c: ['b'], b: ['a'], a: ['c'] })).toEqual([['a', 'c', 'b']]);
});

it('finds circles that are apart, and a service that needs itself', () => {
  expect(cycles({ a: ['b'], b: ['a'], c: ['c'], d: ['a'] })).toEqual([['a', 'b'], ['c']]);
});

it('is not stopped by the depth of a chain', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `s${String(index).padStart(5, '0')}`);
  const edges = new Map(names.map((name, index) => [name, names.slice(index + 1, index + 2)]));
  expect(findCycles(edges)).toEqual([]);
});

it('reports only real circles, and one exactly where there is one', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.dictionary(name, fc.uniqueArray(name)), (edges) => {
      const found = cycles(edges);
      for (const cycle of found) {
        cycle.forEach((from, index) => {
          expect(edges[from]).toContain(cycle[(index + 1) % cycle.length]);
        });
      }
      const reaches = (from: string, to: string, seen: ReadonlySet<string>): boolean =>
        (edges[from] ?? []).some(
          (next) => next === to || (!seen.has(next) && reaches(next, to, new Set([...seen, next]))),
        );
      const circular = Object.keys(edges).some((start) => reaches(start, start, new Set()));
      expect(found.length > 0).toBe(circular);
    }),
  );
});
