import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTemplate, type VariableLookup } from '../../../src/interpolation/expand-template.ts';

const environment = new Map([
  ['SET', 'value'],
  ['EMPTY', ''],
  ['DOLLAR', 'a$b $$ ${SET}'],
  ['B', 'b'],
]);
const lookup: VariableLookup = (name) => environment.get(name);

function expand(text: string): string | undefined {
  const expansion = expandTemplate(text, lookup);
  return expansion.valid ? expansion.text : undefined;
}

describe('expandTemplate', () => {
  it.each([
    ['plain', 'plain'],
    ['$SET-x', 'value-x'],
    ['${SET}x', 'valuex'],
    ['$SET$B', 'valueb'],
    ['$NOPE|', '|'],
    ['${NOPE:-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NOPE-a:-b}', 'a:-b'],
    ['${SET:+r}', 'r'],
    ['${EMPTY:+r}|', '|'],
    ['${EMPTY+r}', 'r'],
    ['${NOPE+r}|', '|'],
    ['${NOPE:-${NOPE:-${B}c}}', 'bc'],
    ['${SET:+x$B}', 'xb'],
    ['${NOPE:-{"k": 1}}', '{"k": 1}'],
    ['${NOPE:-}}', '}'],
    ['$$', '$'],
    ['$${SET}', '${SET}'],
    ['$$$SET', '$value'],
    ['100$ off $1 $', '100$ off $1 $'],
    ['${NOPE:-a$$b}', 'a$b'],
    ['${SET:?gone}', 'value'],
    ['${EMPTY?gone}|', '|'],
    ['$DOLLAR', 'a$b $$ ${SET}'],
  ])('expands %s', (template, text) => {
    expect(expand(template)).toBe(text);
  });

  it.each(['${}', '${1A}', '${V }', '${V/a/b}', '${#V}', '${V:x}', '${V', 'a ${V:-b', '${V:-a\nb}', '${A:-${}}'])(
    'refuses %j',
    (template) => {
      expect(expandTemplate(template, lookup)).toMatchObject({ valid: false });
    },
  );

  it('points at the dollar sign that is wrong', () => {
    expect(expandTemplate('ab ${SET} ${V:x}', lookup)).toEqual({ valid: false, offset: 10 });
  });

  it('names variables without value, also in a default that is not used', () => {
    expect(expandTemplate('$A ${SET:-$C}', lookup)).toMatchObject({ unset: ['A', 'C'] });
  });

  it('demands a required variable even inside an unused default', () => {
    expect(expandTemplate('${SET:-${NEVER:?msg $B}} ${EMPTY:?}', lookup)).toMatchObject({
      missing: [
        { name: 'NEVER', message: 'msg b' },
        { name: 'EMPTY', message: '' },
      ],
    });
  });

  it('refuses absurd nesting instead of overflowing the stack', () => {
    const template = '${A:-'.repeat(5000) + '}'.repeat(5000);
    expect(expandTemplate(template, lookup)).toMatchObject({ valid: false });
  });

  it('gives any text back whose dollar signs are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(expand(text.replaceAll('$', '$$$$'))).toBe(text);
      }),
    );
  });

  it('puts any value in verbatim', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('$V', '${V}', '${V-x}', '${X:-$V}', '${X-${V}}'), (value, template) => {
        expect(expandTemplate(template, (name) => (name === 'V' ? value : undefined))).toMatchObject({ text: value });
      }),
    );
  });

  it('never throws', () => {
    const alphabet = fc.constantFrom('$', '{', '}', ':', '-', '?', '+', 'A', '\n', ' ');
    fc.assert(
      fc.property(fc.array(alphabet), (characters) => {
        expandTemplate(characters.join(''), lookup);
      }),
    );
  });
});
