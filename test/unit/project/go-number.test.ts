import { expect, it } from 'vitest';
import { formatGoFloat, parseDecimalFraction, parseDecimalInteger } from '../../../src/project/go-number.ts';

it.each([
  [1000, '1000'],
  [1_000_000, '1e+06'],
  [123_456.7, '123456.7'],
  [12_345_678.9, '1.23456789e+07'],
  [0.0001, '0.0001'],
  [0.000_01, '1e-05'],
  [1.5, '1.5'],
  [-2.5, '-2.5'],
  [0, '0'],
  [-0, '-0'],
  [1e100, '1e+100'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [Number.NaN, 'NaN'],
])('writes %d as Go does', (value, text) => {
  expect(formatGoFloat(value)).toBe(text);
});

it('reads decimal whole numbers', () => {
  expect(['5', '-1', '+3', '010', '-0'].map(parseDecimalInteger)).toEqual([5, -1, 3, 10, 0]);
});

it.each(['', ' 5', '5 ', '0x5', '1_0', '1.0', 'five'])('does not read %j as a whole number', (text) => {
  expect(() => parseDecimalInteger(text)).toThrow(`parsing "${text}": invalid syntax`);
});

it('refuses whole numbers that no 64 bits hold', () => {
  expect(() => parseDecimalInteger('9999999999999999999')).toThrow('value out of range');
});

it('reads decimal fractions', () => {
  expect(['0.5', '.5', '5.', '1e3', '-2'].map(parseDecimalFraction)).toEqual([0.5, 0.5, 5, 1000, -2]);
  expect(['1_000', '1_0.2_5e0_1'].map(parseDecimalFraction)).toEqual([1000, 102.5]);
});

it.each(['half', '_1', '1_', '1__0', '1_.5'])('does not read %j as a fraction', (text) => {
  expect(() => parseDecimalFraction(text)).toThrow(`parsing "${text}": invalid syntax, expected a number`);
});
