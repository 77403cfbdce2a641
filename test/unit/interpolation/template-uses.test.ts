import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTemplate } from '../../../src/interpolation/expand-template.ts';
import { type TemplateUse, templateUses } from '../../../src/interpolation/template-uses.ts';

const known: Readonly<Record<string, string>> = { SET: 's', EMPTY: '', OTHER: 'o' };

function uses(text: string): readonly string[] {
  const tell = ({ name, taken, operand, uses: inner }: TemplateUse): string =>
    [
      name,
      taken,
      ...(operand === undefined ? [] : [JSON.stringify(operand)]),
      ...inner.map((use) => `(${tell(use)})`),
    ].join(' ');
  return templateUses(text, (name) => known[name]).map(tell);
}

describe('templateUses', () => {
  it.each([
    ['plain', []],
    ['$$SET', []],
    ['a $SET b ${OTHER}', ['SET value', 'OTHER value']],
    ['$NOPE', ['NOPE nothing']],
    ['${SET:-d}', ['SET value']],
    ['${EMPTY:-d}', ['EMPTY default "d"']],
    ['${EMPTY-d}', ['EMPTY value']],
    ['${NOPE-d}', ['NOPE default "d"']],
    ['${SET:+p}', ['SET presence "p"']],
    ['${EMPTY:+p}', ['EMPTY nothing']],
    ['${EMPTY+p}', ['EMPTY presence "p"']],
    ['${NOPE+p}', ['NOPE nothing']],
    ['${SET?m}', ['SET value']],
    ['${NOPE:-${SET}x}', ['NOPE default "${SET}x" (SET value)']],
    ['${SET:-${OTHER}}', ['SET value']],
    ['${', []],
  ])('tells of %j what had a say', (text, expected) => {
    expect(uses(text)).toEqual(expected);
  });

  it('names every variable whose value counts: changing any other one changes nothing', () => {
    const name = fc.constantFrom('SET', 'EMPTY', 'OTHER', 'NOPE');
    const operator = fc.constantFrom(':-', '-', ':+', '+');
    const part = fc.oneof(
      fc.constantFrom('x', ' ', '$$'),
      name.map((word) => `\${${word}}`),
      fc.tuple(name, operator, fc.constantFrom('', 'd', '${OTHER}', '$SET')).map((words) => `\${${words.join('')}}`),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), name, (parts, changed) => {
        const text = parts.join('');
        const named = (list: readonly TemplateUse[]): boolean =>
          list.some((use) => use.name === changed || named(use.uses));
        fc.pre(!named(templateUses(text, (word) => known[word])));
        const before = expandTemplate(text, (word) => known[word]);
        expect(expandTemplate(text, (word) => (word === changed ? 'other' : known[word]))).toEqual(before);
      }),
    );
  });
});
