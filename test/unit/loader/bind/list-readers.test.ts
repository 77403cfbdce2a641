import { describe, expect, it } from 'vitest';
import {
  readAssignments,
  readCommand,
  readEnvironment,
  readExtraHosts,
  readNullableAssignments,
  readTextOrTexts,
  readTexts,
} from '../../../../src/loader/bind/list-readers.ts';
import type { Reader } from '../../../../src/loader/bind/reader.ts';
import { Findings } from '../../../../src/loader/findings.ts';
import { memberOf } from '../../../../src/loader/tree/nodes.ts';
import { tree } from '../../../fakes/document-tree.ts';

function read(reader: Reader<unknown>, text: string): unknown {
  const findings = new Findings();
  const node = memberOf(tree(`v: ${text}`), 'v');
  const value = node && reader(node, { path: 'v', scope: { findings, keepExtensions: false } });
  const said = findings.diagnostics.map(({ message }) => message);
  return said.length > 0 ? said : plainly(value);
}

/** Mappings come without a prototype; compared are members only. */
function plainly(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

describe('lists', () => {
  it.each<[Reader<unknown>, string, unknown]>([
    [readTexts, '[a, 5, ""]', ['a', '5', '']],
    [readTexts, '[]', undefined],
    [readTextOrTexts, 'a', ['a']],
    [readCommand, 'a b', ['a', 'b']],
    [readCommand, '[a b]', ['a b']],
    [readCommand, '[]', []],
    [readCommand, '""', []],
    [readCommand, '', null],
    [readCommand, '"(x"', ['v: invalid command line string']],
  ])('%o reads %s', (reader, text, value) => {
    expect(read(reader, text)).toEqual(value);
  });
});

describe('pairs', () => {
  it.each<[Reader<unknown>, string, unknown]>([
    [readAssignments, '{b: 1, a: }', { a: '', b: '1' }],
    [readAssignments, '[b=1=2, a]', { a: '', b: '1=2' }],
    [readAssignments, '{x-a: 1}', { 'x-a': '1' }],
    [readAssignments, '{}', undefined],
    [readAssignments, '[[x]]', ['v.0: unexpected type, expected KEY=VALUE']],
    [readEnvironment, '[a, b=]', { a: null, b: '' }],
    [readEnvironment, '["a =1", b=2]', ['v: environment variable a  is declared with a trailing space']],
    [readEnvironment, '["a\\t=1"]', ['v: environment variable a\t is declared with a trailing space']],
    [readNullableAssignments, '{a: , b: 1, c : ""}', { a: null, b: '1', c: '' }],
    [readNullableAssignments, '[a]', { a: null }],
    [readTexts, '[a, 1, 1.5]', ['v.2: a text is expected, and this is the number 1.5: quote it']],
  ])('%o reads %s', (reader, text, value) => {
    expect(read(reader, text)).toEqual(value);
  });
});

describe('hosts', () => {
  it.each([
    ['["b:2.2.2.2", "a=1.1.1.1,[::1]"]', ['a=1.1.1.1', 'a=::1', 'b=2.2.2.2']],
    ['{b: 2.2.2.2, a: [1.1.1.1, "::1"]}', ['a=1.1.1.1', 'a=::1', 'b=2.2.2.2']],
    ['[]', undefined],
    ['{a: []}', []],
    ['[lonely, "=1"]', ['v: invalid additional host, missing IP: lonely', "v: bad host name ''"]],
  ])('are read from %s', (text, value) => {
    expect(read(readExtraHosts, text)).toEqual(value);
  });
});
