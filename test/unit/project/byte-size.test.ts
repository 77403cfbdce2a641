import { describe, expect, it } from 'vitest';
import { parseByteSize } from '../../../src/project/byte-size.ts';

describe('parseByteSize', () => {
  it.each([
    ['0', 0],
    ['1024', 1024],
    ['10B', 10],
    ['1k', 1024],
    ['1 kb', 1024],
    ['1KiB', 1024],
    ['512m', 512 * 1024 ** 2],
    ['1.5g', 1.5 * 1024 ** 3],
    ['2TB', 2 * 1024 ** 4],
    ['1p', 1024 ** 5],
    ['0.3k', 307],
    ['.5k', 512],
    ['1.k', 1024],
    ['1e3', 1000],
    ['1_000k', 1_024_000],
  ])('reads %s', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  it.each([
    ['', "invalid size: ''"],
    ['-1', "invalid size: '-1'"],
    ['-5m', "invalid size: '-5m'"],
    ['m', "invalid size: 'm'"],
    ['5x', "invalid suffix: 'x'"],
    ['5_m', "invalid suffix: '_m'"],
    ['5ib', "invalid suffix: 'ib'"],
    ['5ki', "invalid suffix: 'ki'"],
    ['1  k', "invalid suffix: ' k'"],
  ])('refuses %j', (text, message) => {
    expect(() => parseByteSize(text)).toThrow(new RangeError(message));
  });
});
