import { describe, expect, it } from 'vitest';
import { toSourceRange } from '../../../src/diagnostics/source-text.ts';
import type { DocumentNode } from '../../../src/document/node.ts';
import { parseDocuments } from '../../../src/document/parse-documents.ts';

function plain(node: DocumentNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(plain);
    case 'mapping':
      return Object.fromEntries(Array.from(node.entries, ([key, entry]) => [key, plain(entry.value)]));
  }
}

function values(text: string): readonly unknown[] {
  const { documents, diagnostics } = parseDocuments({ name: 'compose.yaml', text });
  expect(diagnostics).toEqual([]);
  return documents.map((document) => plain(document.root));
}

function faults(text: string): readonly string[] {
  return parseDocuments({ name: 'compose.yaml', text }).diagnostics.map(
    ({ range, message }) => `${range?.start.line}:${range?.start.column} ${message}`,
  );
}

function at(node: DocumentNode | undefined, ...path: readonly (string | number)[]): DocumentNode | undefined {
  let current = node;
  for (const step of path) {
    if (current?.kind === 'mapping' && typeof step === 'string') current = current.entries.get(step)?.value;
    else if (current?.kind === 'sequence' && typeof step === 'number') current = current.items[step];
    else return undefined;
  }
  return current;
}

describe('values', () => {
  it('reads mappings, lists and scalars', () => {
    expect(values('services:\n  a:\n    image: alpine\n    ports: ["80:80", 443]\n')).toEqual([
      { services: { a: { image: 'alpine', ports: ['80:80', 443] } } },
    ]);
  });

  it('reads JSON, a byte order mark and Windows line ends', () => {
    expect(values('{"a": {"b": [1, null, true]}}')).toEqual([{ a: { b: [1, null, true] } }]);
    expect(values('\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n')).toEqual([{ a: 1, b: 'x\ny\n' }]);
  });

  it('reads several documents of one text in order', () => {
    expect(values('a: 1\n---\nb: 2\n...\n---\nc: 3\n')).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  });

  it('finds no document in a blank text or one with only comments', () => {
    expect(values('')).toEqual([]);
    expect(values('\n# nothing here\n\n')).toEqual([]);
  });

  it('keeps a key such as __proto__ an ordinary key', () => {
    const { documents } = parseDocuments({ name: 'f', text: '__proto__: {polluted: 1}\nconstructor: 2\n' });
    const root = documents[0]?.root;
    expect(root?.kind === 'mapping' && [...root.entries.keys()]).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('honours standard tags and makes a scalar with an unknown tag text', () => {
    expect(
      values('a: !!str 5\nb: !!int "5"\nc: !foo 5\nd: ! 5\ne: !!float 3\nf: !!bool "true"\ng: !!binary aGk=\n'),
    ).toEqual([{ a: '5', b: 5, c: '5', d: 5, e: 3, f: true, g: 'hi' }]);
    expect(faults('a: !!int abc\n')).toEqual(['1:10 cannot decode "abc" as !!int']);
  });
});

describe('what go-yaml reads and YAML 1.2 does not', () => {
  it('lets lines in brackets begin in any column, also with tabs', () => {
    const written = 'a:\n  b: [\n"x",\n  y,\n\tz\n]\n  c: {\nd: 1\n  }\n  e: f\n';
    expect(values(written)).toEqual([{ a: { b: ['x', 'y', 'z'], c: { d: 1 }, e: 'f' } }]);
    expect(values('a: {b: 1,\nc: [x\ny]}\n')).toEqual([{ a: { b: 1, c: ['x y'] } }]);
  });

  it('lets lines in quotes begin in any column', () => {
    expect(values('a:\n  b: "x\ny z"\n  c: \'it\nis\'\n  d: 1\n')).toEqual([{ a: { b: 'x y z', c: 'it is', d: 1 } }]);
  });

  it('takes - for a text in brackets', () => {
    expect(values('a: [tar, xf, -]\nb: {c: -, d: x}\n')).toEqual([{ a: ['tar', 'xf', '-'], b: { c: '-', d: 'x' } }]);
    expect(faults('a: [- x]\n')).toHaveLength(1);
  });

  it('takes an escaped single quote in double quotes for the quote', () => {
    expect(values(`a: "it\\'s"\nb: "\\\\' \\'"\n`)).toEqual([{ a: "it's", b: "\\' '" }]);
    expect(faults('a: "\\q"\n')).toEqual(['1:5 found unknown escape character: \\q']);
  });

  it('takes # right behind brackets and quotes for a comment', () => {
    expect(values('a: [b]#c\nd: "e"# f\ng: h#i\n')).toEqual([{ a: ['b'], d: 'e', g: 'h#i' }]);
  });

  it('ends a line at a carriage return alone', () => {
    expect(values('a:\r  b: 1\r  c: |\r    x\r    y\r')).toEqual([{ a: { b: 1, c: 'x\ny\n' } }]);
  });

  it('ends a document in brackets and quotes too', () => {
    expect(faults('a: [\n---\nb]\n')).not.toEqual([]);
    expect(faults('a: "x\n--- y"\n')).not.toEqual([]);
  });

  it('tells a fault where the strict reading finds it', () => {
    expect(faults('a:\n  b: [x, y\n  c: d\n')).toEqual([
      "2:6 did not find expected ',' or ']' for the '[' opened here",
    ]);
  });
});

describe('what YAML 1.2 reads and go-yaml does not', () => {
  it.each([
    ['%YAML 1.2\n---\na: 1\n', { a: 1 }],
    ['a:\n\t\n  b: 1\n', { a: { b: 1 } }],
    ['a: "\\ud83d\\ude00"\n', { a: '😀' }],
    ['a: {b:, c: d}\n', { a: { b: null, c: 'd' } }],
    ['a: {b:[c]}\n', { a: { b: ['c'] } }],
  ])('is read: %j', (text, value) => {
    expect(values(text)).toEqual([value]);
  });
});

describe('places', () => {
  it('gives every value the span of its text, without quotes for the text', () => {
    const source = { name: 'f', text: 'a:\n  b: "3.10"\n  c: [x, yy]\n' };
    const root = parseDocuments(source).documents[0]?.root;
    const quoted = at(root, 'a', 'b');
    expect(quoted).toMatchObject({ value: '3.10', text: '3.10', quoted: true });
    expect(quoted && source.text.slice(quoted.span.start, quoted.span.end)).toBe('"3.10"');
    const item = at(root, 'a', 'c', 1);
    expect(item && toSourceRange(item.span)).toMatchObject({
      start: { line: 3, column: 10 },
      end: { line: 3, column: 12 },
    });
  });

  it('gives every key its span', () => {
    const root = parseDocuments({ name: 'f', text: 'a: 1\nlonger: 2\n' }).documents[0]?.root;
    const entry = root?.kind === 'mapping' ? root.entries.get('longer') : undefined;
    expect(entry && toSourceRange(entry.keySpan)).toMatchObject({ start: { line: 2, column: 1 }, end: { column: 7 } });
  });
});

describe('aliases and merges', () => {
  it('shares the node of an anchor with its aliases', () => {
    const root = parseDocuments({ name: 'f', text: 'a: &x {k: [1]}\nb: *x\nc: {<<: *x}\n' }).documents[0]?.root;
    expect(at(root, 'b')).toBe(at(root, 'a'));
    expect(at(root, 'c', 'k')).toBe(at(root, 'a', 'k'));
  });

  it('lets own keys win over merged ones wherever they stand, and earlier mappings of a list over later ones', () => {
    expect(
      values('x: &x {k: 1, l: 1}\ny: &y {l: 2, m: 2}\na: {<<: [*y, *x], m: 3}\nb: {m: 4, <<: *y}\n'),
    ).toMatchObject([{ a: { k: 1, l: 2, m: 3 }, b: { l: 2, m: 4 } }]);
  });

  it('uses the latest definition of an anchor and aliases as keys', () => {
    expect(values('a: &x 1\nb: *x\nc: &x two\nd: *x\n*x : 3\n')).toEqual([{ a: 1, b: 1, c: 'two', d: 'two', two: 3 }]);
  });

  it('accepts three hundred services that share one anchor', () => {
    const services = Array.from({ length: 300 }, (_, index) => `  s${index}: {<<: *base, environment: *env}\n`).join(
      '',
    );
    const text = `x-env: &env {A: 1, B: 2, C: 3}\nx-base: &base {image: alpine, restart: always}\nservices:\n${services}`;
    expect(faults(text)).toEqual([]);
  });

  it('keeps the tags !reset and !override, and takes what is reset out of what an alias sees', () => {
    const text =
      'x: &x {p: !reset [], q: !override [1]}\na: *x\nb: !reset null\nc: !override {k: v}\nd: !override text\n';
    const root = parseDocuments({ name: 'f', text }).documents[0]?.root;
    expect(at(root, 'x', 'p')?.mergeTag).toBe('reset');
    expect(at(root, 'a', 'p')).toBeUndefined();
    expect(at(root, 'a', 'q')?.mergeTag).toBe('override');
    expect(at(root, 'b')?.mergeTag).toBe('reset');
    expect(at(root, 'c')).toMatchObject({ kind: 'mapping', mergeTag: 'override' });
    expect(at(root, 'd')).toMatchObject({ kind: 'scalar', value: 'text', mergeTag: 'override' });
  });
});

describe('faults', () => {
  it.each([
    ['image: [unclosed\n', "1:8 did not find expected ',' or ']' for the '[' opened here"],
    ['a: {b: c\nd: 1\n', "1:4 did not find expected ',' or '}' for the '{' opened here"],
    ['a: @x\n', "1:4 found character that cannot start any token: '@'"],
    ['a:\n\tb: c\n', '2:1 found character that cannot start any token: a tab is used as indentation'],
    ['a: b: c\n', '1:4 mapping values are not allowed in this context'],
    ['a:\n  b: 1\n c: 2\n', '3:1 did not find expected key: the indentation fits no line above'],
    ['a: "\\q"\n', '1:5 found unknown escape character: \\q'],
    ['a: {b: ${X}}\n', "1:9 did not find expected ',' or '}': a variable needs quotes inside { } or [ ]"],
    ['a: "x\n', '2:1 found unexpected end of stream: a quoted value is not closed'],
    ['a: b\nc\n', "2:1 could not find expected ':' after this key"],
    ['a: !e!x y\n', '1:4 found undefined tag handle: !e!x'],
    ['a: x\u0001y\n', '1:5 control characters are not allowed: found U+0001'],
    ['a: *ghost\n', "1:4 unknown anchor 'ghost' referenced"],
    ['a: &x 1\n---\nb: *x\n', "3:4 unknown anchor 'x' referenced"],
    ['x: &x [*x]\n', '1:8 cycle detected: node at path x.0 references node at path x'],
    ['a: {k: 1, k: 2}\n', '1:11 mapping key "k" already defined at line 1'],
    ['l: &l [a]\na: {<<: *l}\n', '2:5 map merge requires map or sequence of maps as the value'],
    ['a: {<<: *ghost}\n', "1:9 unknown anchor 'ghost' referenced"],
    ['1: a\n', '1:1 non-string key at top level: 1'],
    ['a:\n  b: {true: x}\n', '2:7 non-string key in a.b: true'],
    ['- a\n', '1:1 top-level object must be a mapping, but is a list'],
    ['hello\n', '1:1 top-level object must be a mapping, but is text'],
    ['a: 1\n---\n', '2:4 top-level object must be a mapping, but is empty'],
  ])('reports %j at its place', (text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });

  it('points at both definitions of a duplicate key', () => {
    const { diagnostics } = parseDocuments({ name: 'f', text: 'services:\n  a: {image: x}\n  a: {image: y}\n' });
    expect(diagnostics).toMatchObject([
      {
        code: 'yaml-duplicate-key',
        path: 'services.a',
        range: { start: { line: 3 } },
        related: [{ range: { start: { line: 2 } } }],
      },
    ]);
  });

  it('suggests the anchor that was meant', () => {
    const { diagnostics } = parseDocuments({ name: 'f', text: 'x: &default {a: 1}\ny: *defualt\n' });
    expect(diagnostics[0]?.hint).toBe('did you mean *default?');
  });

  it('reports every fault of the tree in one pass', () => {
    expect(faults('a: {k: 1, k: 2}\nb: *x\n2: c\n')).toHaveLength(3);
  });
});
