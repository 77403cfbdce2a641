import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocuments } from '../../../src/document/parse-documents.ts';
import { parseQuickly } from '../../../src/document/parse-quickly.ts';
import { differenceOf } from './same-tree.ts';
import { composeTexts, yamlTexts } from './yaml-texts.ts';

/** Whether a text is read quickly; if it is, what is read has to be what the careful reader reads. */
function readsQuickly(text: string): boolean {
  const source = { name: 'compose.yaml', text };
  const quick = parseQuickly(source);
  if (quick === undefined) return false;
  const { documents, diagnostics } = parseDocuments(source);
  expect(diagnostics).toEqual([]);
  expect(quick).toHaveLength(documents.length);
  for (const [index, { root }] of quick.entries()) {
    const careful = documents[index]?.root;
    expect(careful && differenceOf(root, careful)).toBeUndefined();
  }
  return true;
}

const tokens = fc.constantFrom(
  ...['a', 'b:', 'a: ', ': ', '- ', '[', ']', '{', '}', ', ', '&x ', '*x', '<<: ', '!reset ', '"', "'", '|', '>', '\n'],
  ...['\n  ', '\n', '\n- ', '\n  - ', '\n    ', '#', ' # c', '---\n', '...\n', '? ', '\r\n', '1', 'null', '${A}', '\\'],
  ...['@', '`', '日', '"a"', "'b'", 'x y', 'k: v\n', '  ', ' ', '%', '\t', '\uFEFF'],
);

describe('a text that is read quickly is read as the careful reader reads it', () => {
  it('when it is a compose file in good order, and then it is read quickly', () => {
    fc.assert(
      fc.property(composeTexts, (text) => {
        expect(readsQuickly(text)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('when it holds every construct in odd company', () => {
    fc.assert(
      fc.property(yamlTexts, (text) => {
        readsQuickly(text);
      }),
      { numRuns: 4000 },
    );
  }, 60_000);

  it('when it is a heap of tokens', () => {
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 24, size: 'max' }), (parts) => {
        readsQuickly(parts.join(''));
      }),
      { numRuns: 5000 },
    );
  }, 60_000);

  it('in the samples and scenarios, every one of which is read quickly', () => {
    const repository = resolve(fileURLToPath(import.meta.url), '../../../..');
    const files = ['samples', 'test/scenarios'].flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => join(repository, folder, name)),
    );
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !readsQuickly(readFileSync(file, 'utf8')))).toEqual([]);
  });
});

describe('reading quickly', () => {
  it.each([
    ['windows line ends and text beyond ASCII', 'é: "日本"\r\nb: |\r\n  🐳\r\n  x\r\nc:\r\n- 1\r\n'],
    ['comments everywhere', '# a\na: # b\n  # c\n  b: 1 # d\n\n# e\nc: [1, # f\n   2]\n# g'],
    [
      'aliases, merge keys and their lists',
      'x: &x {k: [1]}\ny: &y\n  l: *x\na: {<<: *x}\nb:\n  <<: [*y, *x]\n  k: 2\n',
    ],
    ['values that are not there', 'a:\nb: {c, d: , e: ""}\nf:\n  -\n  - !reset\n  - &x\n'],
    ['merge tags', 'a: !reset []\nb: !override\n  - 1\nc: !override {d: 1}\ne: !reset null\nf: !override &x text\n'],
    ['one document that is announced', '--- # the only one\na: 1\n'],
    [
      'numbers of all kinds and dates',
      'a: [0755, 1_000, 0x1f, 1e3, .5, -0, 2024-01-02, 22:22, 18446744073709551616]\n',
    ],
    ['lists below lists and mappings below dashes', '- a\n'.replace('- a', 'k:\n- - a\n  - b: 1\n    c: 2\n-\n  - d')],
    ['texts over several lines', 'a: b\n  c\n\n  d\ne: "f\n  g\\t\n\n  h"\ni: >-\n  j\n  k\n\n  l\nm: |+\n  n\n\n'],
  ])('works for %s', (_, text) => {
    expect(readsQuickly(text)).toBe(true);
  });

  it.each([
    ['a syntax error', 'a: [b\n'],
    ['text after a value', "a:\n- b:\n  - 'c'd: \n"],
    ['a key that is there twice', 'a: 1\na: 2\n'],
    ['a key that is there twice around a merge key', 'x: &x {k: 1}\na: {k: 1, <<: *x, k: 2}\n'],
    ['a key that is no text', '1: a\n'],
    ['a key with an anchor, a tag or an alias', '&x a: 1\n'],
    ['an alias without an anchor', 'a: *x\n'],
    ['an alias inside its own anchor', 'a: &x [*x]\n'],
    ['an alias of what holds a reset', 'a: &x {b: !reset 1}\nc: *x\n'],
    ['a merge key of something else than mappings', 'a: {<<: 1}\n'],
    ['other tags', 'a: !!str 1\n'],
    ['a line end that is escaped', 'a: "b\\\n\n  c"\n'],
    ['a colon on another line than its key', 'a: {b\n  : , c}\n'],
    ['a comment between a key and its plain text', 'a:\n# b\n  c\nd: 1\n'],
    ['tabs', 'a:\tb\n'],
    ['a byte order mark', '\uFEFFa: 1\n'],
    ['directives', '%YAML 1.2\n---\na: 1\n'],
    ['several documents', 'a: 1\n---\nb: 2\n'],
    ['a list of pairs', 'a: [b: c]\n'],
    ['no mapping at all', '- a\n'],
    ['nothing', '# only this\n'],
    ['more levels than anyone writes', `a: ${'['.repeat(101)}${']'.repeat(101)}\n`],
  ])('leaves %s to the careful reader', (_, text) => {
    expect(readsQuickly(text)).toBe(false);
  });

  it('leaves what aliases blow up to the careful reader', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const items = Array.from({ length: 9 }, () => `*x${level}`).join(', ');
      return `x${level + 1}: &x${level + 1} [${items}]`;
    });
    expect(readsQuickly(`x0: &x0 1\n${levels.join('\n')}\n`)).toBe(false);
    const chain = Array.from({ length: 500 }, (_, level) => `x${level + 1}: &x${level + 1} [*x${level}]`);
    expect(readsQuickly(`x0: &x0 1\n${chain.join('\n')}\n`)).toBe(false);
  });

  it('shares the node of an anchor with its aliases', () => {
    const root = parseQuickly({ name: 'f', text: 'a: &x {k: [1]}\nb: *x\n' })?.[0]?.root;
    const entries = root?.kind === 'mapping' ? root.entries : undefined;
    expect(entries?.get('a')?.value).toBeDefined();
    expect(entries?.get('b')?.value).toBe(entries?.get('a')?.value);
  });

  it('takes a key such as __proto__ for an ordinary key', () => {
    expect(readsQuickly('__proto__: {polluted: 1}\nconstructor: 2\n')).toBe(true);
  });
});
