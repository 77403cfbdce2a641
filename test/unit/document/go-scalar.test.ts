import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveGoScalar } from '../../../src/document/go-scalar.ts';

describe('resolveGoScalar', () => {
  it.each([
    ['', null],
    ['~', null],
    ['null', null],
    ['True', true],
    ['FALSE', false],
    ['yes', 'yes'],
    ['no', 'no'],
    ['on', 'on'],
    ['nUll', 'nUll'],
    ['0755', 493],
    ['022', 18],
    ['0o17', 15],
    ['-0o17', -15],
    ['0b11', 3],
    ['0x1F', 31],
    ['+5', 5],
    ['-7', -7],
    ['1_000', 1000],
    ['1__0', 10],
    ['0x_1', 1],
    ['0', 0],
    ['00', 0],
    ['22:22', '22:22'],
    ['12:30:45', '12:30:45'],
    ['1.2.3', '1.2.3'],
    ['_1', '_1'],
    ['-', '-'],
    ['0b', '0b'],
    ['0b12', '0b12'],
    ['._5', '._5'],
    ['1e400', '1e400'],
    ['2023-02-30', '2023-02-30'],
    ['123456789012', 123456789012],
  ])('reads %j as %j', (text, value) => {
    expect(resolveGoScalar(text)).toEqual({ value });
  });

  it.each([
    ['1.5', 1.5],
    ['1.0', 1],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['1e3', 1000],
    ['1.', 1],
    ['08', 8],
    ['089', 89],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.Inf', Number.NEGATIVE_INFINITY],
    ['.NaN', Number.NaN],
    ['123456789012345678901234567890', 1.2345678901234568e29],
  ])('reads %j as the float %j', (text, value) => {
    expect(resolveGoScalar(text)).toEqual({ value, float: true });
  });

  it('reads integers of 64 bits as integers', () => {
    expect(resolveGoScalar('18446744073709551615')).not.toHaveProperty('float');
    expect(resolveGoScalar('18446744073709551616')).toHaveProperty('float', true);
    expect(resolveGoScalar('-9223372036854775808')).not.toHaveProperty('float');
  });

  it.each(['2020-01-01', '2001-1-1 1:2:3', '2001-12-14T21:59:43.10-05:00', '2001-12-15T02:59:43Z', '2024-02-29'])(
    'marks %s as a timestamp',
    (text) => {
      expect(resolveGoScalar(text)).toEqual({ value: text, timestamp: true });
    },
  );

  it.each(['2020-13-01', '2023-02-29', '2020-01-01T00:00:00', '2020-01-01 25:00:00', '20-01-01'])(
    'keeps %s text, since it is no date',
    (text) => {
      expect(resolveGoScalar(text)).toEqual({ value: text });
    },
  );

  it('gives every integer back that is written in decimal', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (number) => resolveGoScalar(String(number)).value === number));
  });

  it('ends quickly on long texts', () => {
    for (const text of [
      '1'.repeat(1_000_000),
      `0x${'f'.repeat(1_000_000)}`,
      '1_'.repeat(500_000),
      `${'1'.repeat(500_000)}.x`,
    ]) {
      expect(['string', 'number']).toContain(typeof resolveGoScalar(text).value);
    }
  });
});
