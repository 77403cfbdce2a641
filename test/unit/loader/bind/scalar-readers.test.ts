import { describe, expect, it } from 'vitest';
import type { Reader } from '../../../../src/loader/bind/reader.ts';
import {
  readAnyCount,
  readAnyDuration,
  readAnyFlag,
  readAnyInteger,
  readAnyText,
  readCount,
  readDuration,
  readFileMode,
  readFlag,
  readFraction,
  readInteger,
  readSize,
  readText,
  readWrittenCount,
} from '../../../../src/loader/bind/scalar-readers.ts';
import { Findings } from '../../../../src/loader/findings.ts';
import { memberOf } from '../../../../src/loader/tree/nodes.ts';
import { tree } from '../../../fakes/document-tree.ts';

function read<T>(
  reader: Reader<T>,
  scalar: string,
): { readonly value: T | undefined; readonly said: readonly string[] } {
  const findings = new Findings();
  const node = memberOf(tree(`v: ${scalar}`), 'v');
  if (node === undefined) throw new Error('there is a value');
  const value = reader(node, { path: 'v', scope: { findings, keepExtensions: false } });
  return { value, said: findings.diagnostics.map(({ message }) => message) };
}

describe('values that are read', () => {
  it.each<[string, Reader<unknown>, string, unknown]>([
    ['a text', readText, 'x', 'x'],
    ['a number as text', readText, '1e3', '1000'],
    ['an empty text', readText, '""', undefined],
    ['an empty text that counts', readAnyText, '""', ''],
    ['null', readAnyText, '', undefined],
    ['true', readFlag, 'true', true],
    ['false', readFlag, 'false', undefined],
    ['false that counts', readAnyFlag, '"false"', false],
    ['a number as a boolean', readAnyFlag, '1', true],
    ['a whole number', readInteger, '5', 5],
    ['a whole number as text', readInteger, '"5"', 5],
    ['zero', readInteger, '0', undefined],
    ['zero that counts', readAnyInteger, '0', 0],
    ['a whole float', readAnyInteger, '2.0', 2],
    ['a count of none', readCount, '0', undefined],
    ['a count of none that counts', readAnyCount, '0', 0],
    ['a count that is written as a number', readWrittenCount, '5', 5],
    ['a fraction', readFraction, '0.1', 0.1],
    ['a fraction with separated digits', readFraction, '"1_0.5"', 10.5],
    ['a fraction beyond 32 bits', readFraction, '3.141592653589793', 3.141_592_7],
    ['a large fraction', readFraction, '16777217', 16_777_216],
    ['a size', readSize, '1k', '1024'],
    ['a size as a number', readSize, '4294967296', '4294967296'],
    ['a size of nothing', readSize, '0', undefined],
    ['a size as a float', readSize, '1.5', undefined],
    ['a duration', readDuration, '90s', '1m30s'],
    ['no time', readDuration, '0s', undefined],
    ['no time that counts', readAnyDuration, '0s', '0s'],
    ['a mode as a number', readFileMode, '0440', '0440'],
    ['a mode as text', readFileMode, '"440"', '0440'],
  ])('takes %s', (_, reader, scalar, value) => {
    expect(read(reader, scalar)).toEqual({ value, said: [] });
  });
});

describe('values that are refused', () => {
  it.each<[Reader<unknown>, string, string]>([
    [readFlag, 'maybe', 'v: invalid boolean: maybe'],
    [readInteger, '"1.5"', 'v: parsing "1.5": invalid syntax, expected a whole number'],
    [readFraction, 'half', 'v: parsing "half": invalid syntax, expected a number'],
    [readSize, '5x', "v: invalid suffix: 'x'"],
    [readDuration, '"5"', 'v: missing unit in duration "5"'],
    [readAnyCount, '-1', 'v: -1 is below zero'],
    [readCount, '"-1"', 'v: -1 is below zero'],
    [readWrittenCount, '"5"', 'v: "5" is a text; write it as a number'],
    [readFileMode, '1.0', 'v: 1.0 is no file mode, expected octal digits'],
    [readFileMode, '"9z"', 'v: parsing "9z": invalid syntax, expected octal digits'],
  ])('%o does not take %s', (reader, scalar, message) => {
    expect(read(reader, scalar)).toEqual({ value: undefined, said: [message] });
  });
});

it('takes words of YAML 1.1 for booleans and says that they are outdated', () => {
  expect(read(readFlag, '"Yes"')).toEqual({
    value: true,
    said: ['"Yes" for boolean is not supported by YAML 1.2, please use `true`'],
  });
});
