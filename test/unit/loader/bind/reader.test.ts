import { describe, expect, it } from 'vitest';
import {
  type BindPlace,
  extensionsOf,
  readList,
  readNamed,
  readNullable,
  readObject,
  readRequiring,
} from '../../../../src/loader/bind/reader.ts';
import { readText } from '../../../../src/loader/bind/scalar-readers.ts';
import { Findings } from '../../../../src/loader/findings.ts';
import { memberOf } from '../../../../src/loader/tree/nodes.ts';
import { tree } from '../../../fakes/document-tree.ts';

interface Thing {
  readonly one?: string;
  readonly two?: string;
}

function place(keepExtensions = false): BindPlace {
  return { path: 'p', scope: { findings: new Findings(), keepExtensions } };
}

describe('readObject', () => {
  const read = readObject<Thing>({ one: readText, two: readText }, { two: 'default' });

  it('reads members in the order of their readers, with defaults', () => {
    expect(Object.entries(read(tree('two: b\none: a'), place()) ?? {})).toEqual([
      ['one', 'a'],
      ['two', 'b'],
    ]);
    expect(read(tree('x-a: 1'), place())).toEqual({ two: 'default' });
  });

  it('keeps extensions when it is told to', () => {
    expect(read(tree('x-a: [1]'), place(true))).toEqual({ two: 'default', 'x-a': [1] });
    const alone = readObject<Thing>({ one: readText, two: readText }, {}, 'caller');
    expect(alone(tree('x-a: 1'), place(true))).toEqual({});
  });
});

describe('readRequiring', () => {
  it('refuses a mapping without the member, and is silent about anything else', () => {
    const read = readRequiring('one', 'one is missing', readObject<Thing>({ one: readText, two: readText }));
    const at = place();
    expect(read(tree('one: a'), at)).toEqual({ one: 'a' });
    expect(read(tree('two: b'), at)).toBeUndefined();
    const scalar = memberOf(tree('v: x'), 'v');
    expect(scalar && read(scalar, at)).toBeUndefined();
    expect(at.scope.findings.diagnostics.map(({ message }) => message)).toEqual(['p: one is missing']);
  });
});

it('leaves empty lists and mappings out, and sorts the keys of mappings', () => {
  expect(readNamed(readText)(tree('b: 2\na: 1'), place())).toEqual(
    Object.assign(Object.create(null), { a: '1', b: '2' }),
  );
  expect(Object.keys(readNamed(readText)(tree('b: 2\na: 1'), place()) ?? {})).toEqual(['a', 'b']);
  expect(readNamed(readText)(tree('{}'), place())).toBeUndefined();
  const list = memberOf(tree('v: []'), 'v');
  expect(list && readList(readText)(list, place())).toBeUndefined();
});

it('tells null from what cannot be read', () => {
  const root = tree('a: \nb: []');
  const [empty, list] = [memberOf(root, 'a'), memberOf(root, 'b')];
  expect(empty && readNullable(readText)(empty, place())).toBeNull();
  expect(list && readNullable(readText)(list, place())).toBeUndefined();
});

it('collects extensions without a prototype', () => {
  expect(extensionsOf(tree('x-a: 1\nb: 2\nX-c: 3'))).toEqual(Object.assign(Object.create(null), { 'x-a': 1 }));
  expect(extensionsOf(tree('a: 1'))).toBeUndefined();
});
