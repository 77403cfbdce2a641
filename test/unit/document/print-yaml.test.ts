import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentNode } from '../../../src/document/node.ts';
import { parseDocuments } from '../../../src/document/parse-documents.ts';
import { type PrintableValue, printYaml } from '../../../src/document/print-yaml.ts';

function plain(node: DocumentNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries(Array.from(node.entries, ([key, entry]) => [key, plain(entry.value)]));
}

function readBack(text: string): unknown {
  const { documents, diagnostics } = parseDocuments({ name: 'printed', text });
  expect(diagnostics).toEqual([]);
  return documents[0] === undefined ? undefined : plain(documents[0].root);
}

describe('printYaml', () => {
  it('prints as docker compose config does', () => {
    const value = {
      name: 'blog',
      services: {
        web: {
          command: ['sh', '-c', 'echo "a: b" && sleep 1'],
          environment: { EMPTY: '', FLAG: 'true', NUMBER: '80', TEXT: 'two words', NOTHING: null },
          networks: { default: null },
          ports: [{ mode: 'ingress', target: 80, published: '8080' }],
          deploy: { resources: {}, replicas: 2 },
          cpus: 0.5,
          init: true,
          absent: undefined,
          configs: [],
        },
      },
      configs: { script: { content: 'one\n  two\n\n' } },
      matrix: [['a', ['b']], [{ c: 1, d: [2] }]],
    };
    expect(printYaml(value)).toBe(
      [
        'name: blog',
        'services:',
        '  web:',
        '    command:',
        '      - sh',
        '      - -c',
        `      - 'echo "a: b" && sleep 1'`,
        '    environment:',
        '      EMPTY: ""',
        '      FLAG: "true"',
        '      NUMBER: "80"',
        '      TEXT: two words',
        '      NOTHING: null',
        '    networks:',
        '      default: null',
        '    ports:',
        '      - mode: ingress',
        '        target: 80',
        '        published: "8080"',
        '    deploy:',
        '      resources: {}',
        '      replicas: 2',
        '    cpus: 0.5',
        '    init: true',
        '    configs: []',
        'configs:',
        '  script:',
        '    content: |+',
        '      one',
        '        two',
        '',
        'matrix:',
        '  - - a',
        '    - - b',
        '  - - c: 1',
        '      d:',
        '        - 2',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['yes', '"yes"'],
    ['22:22', '"22:22"'],
    ['2020-01-01', '"2020-01-01"'],
    ['0755', '"0755"'],
    ["it's", "it's"],
    ["'a", "'''a'"],
    ['a: b', "'a: b'"],
    ['a #b', "'a #b'"],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['a\tb', '"a\\tb"'],
    ['a \nb', '"a \\nb"'],
    ['\u0001', '"\\x01"'],
    ['héllo', 'héllo'],
    ['🐳', '"\\U0001F433"'],
    ['a\nb', '|-\n  a\n  b'],
    [' a\n', '|2\n   a'],
  ])('writes the text %j as %s', (text, written) => {
    expect(printYaml({ k: text })).toBe(`k: ${written}\n`);
  });

  it('prints empty values', () => {
    expect(printYaml({})).toBe('{}\n');
    expect(printYaml([])).toBe('[]\n');
    expect(printYaml({ a: 0.00001, b: Number.POSITIVE_INFINITY })).toBe('a: 1e-05\nb: .inf\n');
  });

  it('prints what is read back as the same value', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc
        .array(
          fc.constantFrom(
            'a',
            ' ',
            '\n',
            ': ',
            '#',
            '-',
            '\t',
            '"',
            "'",
            '\\',
            '[',
            '{',
            '&',
            '*',
            '!',
            '|',
            '1',
            '\r',
            '\u2028',
          ),
          { maxLength: 8 },
        )
        .map((parts) => parts.join('')),
    );
    const { tree } = fc.letrec<{ tree: PrintableValue }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(0.5, -1.25, 1e-7, 1e21)),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(text, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const document = { value };
        expect(readBack(printYaml(document))).toEqual(document);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});
