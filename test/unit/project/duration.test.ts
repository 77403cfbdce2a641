import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/project/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['1ns', 1],
    ['1.5us', 1500],
    ['500ms', 5e8],
    ['1m30s', 90e9],
    ['.5s', 5e8],
    ['1.25h', 4500e9],
    ['1d', 86_400e9],
    ['2w', 1_209_600e9],
    ['-1m', -60e9],
    ['+2s', 2e9],
    ['0.1s', 1e8],
    ['2.3s', 2.3e9],
  ])('reads %s', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  it.each([
    ['', 'invalid duration ""'],
    ['10', 'missing unit in duration "10"'],
    ['1m30', 'missing unit in duration "1m30"'],
    ['5x', 'unknown unit "x" in duration "5x"'],
    ['5 s', 'unknown unit " s" in duration "5 s"'],
    ['soon', 'invalid duration "soon"'],
    ['-', 'invalid duration "-"'],
    ['.s', 'invalid duration ".s"'],
    ['99999999w', 'invalid duration "99999999w": longer than 292 years'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDuration(text)).toThrow(new RangeError(message));
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ns'],
    [1500, '1.5µs'],
    [1_500_000, '1.5ms'],
    [2e9, '2s'],
    [90e9, '1m30s'],
    [3600e9, '1h0m0s'],
    [120_250_000_000, '2m0.25s'],
    [-90e9, '-1m30s'],
    [86_400e9, '24h0m0s'],
  ])('writes %d', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
  });

  it('is read back to the same number of nanoseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), (nanoseconds) => {
        expect(parseDuration(formatDuration(nanoseconds))).toBe(nanoseconds === 0 ? 0 : nanoseconds);
      }),
    );
  });
});
