import { expect, test } from 'vitest';
import { blobPath, parseDigest } from '../../../src/buildkit/content-digest.ts';

test('a digest is a known algorithm and hexadecimal digits of its length', () => {
  const hex = 'ab'.repeat(32);
  expect(parseDigest(`sha256:${hex}`)).toEqual({ algorithm: 'sha256', hex, text: `sha256:${hex}` });
  expect(parseDigest(`sha512:${hex}${hex}`)?.algorithm).toBe('sha512');
});

test.each([
  '',
  'sha256:',
  `sha256:${'a'.repeat(63)}`,
  `sha256:${'a'.repeat(65)}`,
  `sha256:${'A'.repeat(64)}`,
  `sha256:${'a'.repeat(64)}\n`,
  `md5:${'a'.repeat(32)}`,
  `../etc:${'a'.repeat(64)}`,
  `sha256:../../${'a'.repeat(58)}`,
  `constructor:${'a'.repeat(64)}`,
])('%j is no digest', (text) => {
  expect(parseDigest(text)).toBeUndefined();
});

test('a blob lies below its algorithm', () => {
  const digest = parseDigest(`sha256:${'0'.repeat(64)}`);
  expect(digest && blobPath('/cache', digest)).toBe(`/cache/blobs/sha256/${'0'.repeat(64)}`);
});
