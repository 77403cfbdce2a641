import { expect, test } from 'vitest';
import { parsePathPatterns } from '../../../src/source/path-patterns.ts';

/** Whether the patterns match a path, its parents looked at first. */
function matches(patterns: readonly string[], path: string): boolean {
  const { root, judge } = parsePathPatterns(patterns);
  const parts = path.split('/');
  let state = root;
  let matched = false;
  for (const index of parts.keys()) {
    ({ matched, state } = judge(parts.slice(0, index + 1).join('/'), state));
  }
  return matched;
}

test.each([
  ['node_modules', 'node_modules', true],
  ['node_modules', 'node_modules/a/b.js', true],
  ['node_modules', 'src/node_modules', false],
  ['**/node_modules', 'src/node_modules/a', true],
  ['**/node_modules', 'node_modules', true],
  ['*.md', 'README.md', true],
  ['*.md', 'docs/README.md', false],
  ['**/*.md', 'docs/deep/README.md', true],
  ['docs/**', 'docs/a/b', true],
  ['docs/**', 'docs', false],
  ['docs/*', 'docs/a/b', true],
  ['temp?', 'temp1', true],
  ['temp?', 'temp', false],
  ['[ab].txt', 'b.txt', true],
  ['[^ab].txt', 'c.txt', true],
  ['[^ab].txt', 'a.txt', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['/build', 'build/x', true],
  ['./build/', 'build/x', true],
  ['a/../b', 'b', true],
  ['a.b', 'axb', false],
  ['a+(b)', 'a+(b)', true],
  ['*', 'anything/below', true],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['.', 'a', false],
])('%s over %s: %s', (pattern, path, wanted) => {
  expect(matches([pattern], path)).toBe(wanted);
});

test('the last pattern that matches decides', () => {
  expect(matches(['docs', '!docs/keep.md'], 'docs/keep.md')).toBe(false);
  expect(matches(['docs', '!docs/keep.md'], 'docs/other.md')).toBe(true);
  expect(matches(['*', '!src', 'src/secret'], 'src/secret/key')).toBe(true);
  expect(matches(['*', '!src', 'src/secret'], 'src/a/b')).toBe(false);
});

test('a pattern that changes nothing for a folder does not count for what is in it', () => {
  expect(matches(['a/**', '!a'], 'a/deep')).toBe(true);
  expect(matches(['a', 'a/b', '!a'], 'a/b')).toBe(false);
  expect(matches(['**', '!a'], 'a/deep')).toBe(false);
});

test('a folder is entered only where a pattern can reach into it', () => {
  const patterns = parsePathPatterns(['vendor', '!vendor/keep/*.c']);
  expect(patterns.mayExcludeBelow('vendor')).toBe(true);
  expect(patterns.mayExcludeBelow('vendor/keep')).toBe(true);
  expect(patterns.mayExcludeBelow('vendor/other')).toBe(false);
  expect(parsePathPatterns(['vendor']).mayExcludeBelow('vendor')).toBe(false);
  const includes = parsePathPatterns(['src/lib', '**/*.md']);
  expect(includes.mayMatchBelow('src')).toBe(true);
  expect(includes.mayMatchBelow('other')).toBe(true);
  expect(parsePathPatterns(['src/lib']).mayMatchBelow('other')).toBe(false);
});

test('a malformed pattern is refused', () => {
  expect(() => parsePathPatterns(['[a'])).toThrow(RangeError);
  expect(() => parsePathPatterns(['!'])).toThrow('illegal exclusion pattern');
});
