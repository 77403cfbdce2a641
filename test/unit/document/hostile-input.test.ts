import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocuments } from '../../../src/document/parse-documents.ts';

function codes(text: string): readonly string[] {
  return parseDocuments({ name: 'compose.yaml', text }).diagnostics.map((diagnostic) => diagnostic.code);
}

/** Nine levels, each nine aliases of the one before: 9^9 values. */
function aliasBomb(reference: (name: string) => string): string {
  const levels = ['x0: &x0 {a: 1}'];
  for (let level = 1; level <= 9; level += 1) {
    const items = Array.from({ length: 9 }, () => reference(`*x${level - 1}`)).join(', ');
    levels.push(`x${level}: &x${level} [${items}]`);
  }
  return `${levels.join('\n')}\n`;
}

describe('hostile input', () => {
  it('an alias bomb is refused once', () => {
    expect(codes(aliasBomb((alias) => alias))).toEqual(['yaml-excessive-aliasing']);
    expect(codes(aliasBomb((alias) => `{k: ${alias}}`))).toEqual(['yaml-excessive-aliasing']);
  });

  it('a bomb of merge keys is refused or small', () => {
    const levels = ['x0: &x0 {k0: 1}'];
    for (let level = 1; level <= 30; level += 1) {
      levels.push(`x${level}: &x${level} {<<: [*x${level - 1}], a${level}: *x${level - 1}, b${level}: *x${level - 1}}`);
    }
    expect(codes(`${levels.join('\n')}\n`)).toEqual(['yaml-excessive-aliasing']);
  });

  it('a chain of aliases that nests too deeply is refused', () => {
    const levels = Array.from({ length: 1000 }, (_, level) => `x${level + 1}: &x${level + 1} [*x${level}]`);
    expect(codes(`x0: &x0 1\n${levels.join('\n')}\n`)).toEqual(['yaml-too-deep']);
  });

  it.each([
    ['brackets', '['.repeat(5000)],
    ['closed brackets', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['braces', '{a: '.repeat(5000)],
    ['dashes', `${'- '.repeat(100_000)}a`],
    ['question marks', `${'? '.repeat(100_000)}a`],
    ['indentation', Array.from({ length: 1500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('thousands of nested %s are one clear error', (_, text) => {
    expect(codes(text)).toEqual(['yaml-too-deep']);
  });

  it('three hundred levels are read', () => {
    expect(codes(`a: ${'['.repeat(300)}${']'.repeat(300)}`)).toEqual([]);
  });

  it('millions of small values are refused', () => {
    expect(codes(`a: [${'1,'.repeat(2_000_000)}]`)).toEqual(['yaml-too-large']);
  }, 60_000);

  it('a scalar of ten megabytes is read', () => {
    const long = 'x'.repeat(10_000_000);
    for (const text of [`a: ${long}`, `a: "${long}"`, `a: |\n  ${long}\n`]) {
      const { documents, diagnostics } = parseDocuments({ name: 'f', text });
      expect(diagnostics).toEqual([]);
      const { root } = documents[0] ?? {};
      const value = root?.kind === 'mapping' ? root.entries.get('a')?.value : undefined;
      expect(value?.kind === 'scalar' && String(value.value).trim().length).toBe(long.length);
    }
  });

  it('NUL bytes and other control characters are one clear error', () => {
    expect(codes('a: \u0000b\n')).toEqual(['yaml-syntax']);
    expect(codes('\u001b]0;title\u0007')).toEqual(['yaml-syntax']);
  });

  it('of ten thousand faults the first hundred are told', () => {
    expect(codes('a: *x\n'.repeat(10_000)).length).toBeGreaterThan(0);
    expect(codes(Array.from({ length: 10_000 }, (_, index) => `k${index}: *unknown${index}`).join('\n')).length).toBe(
      100,
    );
  }, 20_000);

  it('no text makes it throw, and every fault lies inside the text', () => {
    const pieces = fc.constantFrom(
      'a',
      'b:',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '&x ',
      '*x',
      '<<: ',
      '!reset ',
      '!!int ',
      '"',
      "'",
      '|',
      '>',
      '\n',
      '\n  ',
      '\t',
      '#',
      ' # c',
      '---\n',
      '...\n',
      '%YAML 1.2\n',
      '? ',
      '\uFEFF',
      '\r\n',
      '1',
      'null',
      '${A}',
      '\\',
      '@',
      '`',
      '\u2028',
      '日',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40, size: 'max' }), (parts) => {
        const text = parts.join('');
        for (const { range, message } of parseDocuments({ name: 'f', text }).diagnostics) {
          expect(message).not.toMatch(/undefined(?! tag handle)|\[object/);
          expect(range?.start.offset).toBeGreaterThanOrEqual(0);
          expect(range?.end.offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
