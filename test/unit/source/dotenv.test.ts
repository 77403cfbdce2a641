import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSourceRange } from '../../../src/diagnostics/source-text.ts';
import { type EnvironmentFileContent, parseDotenv } from '../../../src/source/dotenv.ts';

const environment = new Map([
  ['HOME', '/root'],
  ['V', 'val'],
]);

function read(text: string): EnvironmentFileContent {
  return parseDotenv({ name: '/p/.env', text }, (name) => environment.get(name));
}

function values(text: string): Record<string, string> {
  return Object.fromEntries(read(text).entries.map((entry) => [entry.name, entry.value]));
}

describe('parseDotenv', () => {
  it.each([
    ['A=1', { A: '1' }],
    ['\ufeffA=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['# note\n\n  A = padded  \n', { A: 'padded' }],
    ['A: yes', { A: 'yes' }],
    ['export  A=1\nexport=2\nexported=3', { A: '1', export: '2', exported: '3' }],
    ['my.key=1\nmy-key=2\narr[0]=3\nüï=4\n1st=5', { 'my.key': '1', 'my-key': '2', 'arr[0]': '3', üï: '4', '1st': '5' }],
    ['HOME\nNOPE\n', { HOME: '/root' }],
    ['HOME', { HOME: '/root' }],
    ['A=\nB=', { A: '', B: '' }],
    ['A=x # c\nB=x#c\nC= #c\nD=x\t# c', { A: 'x', B: 'x#c', C: '#c', D: 'x\t# c' }],
    ['A=a"b\'c\\n', { A: 'a"b\'c\\n' }],
    ['A=pre-$V-${NO:-d}', { A: 'pre-val-d' }],
    ["A='$V \\'q\\' \\\\n'", { A: "$V 'q' \\\\n" }],
    ['A="l1\\nl2\\t\\"q\\" \\$V ${V} \\0101 \\q"', { A: 'l1\nl2\t"q" $V val A \\q' }],
    ['A="x\n y"\nB=1', { A: 'x\n y', B: '1' }],
    ['A="x" B=2', { A: 'x', B: '2' }],
    ['A="x" # c\nB=2', { A: 'x', B: '2' }],
    ['A=1\nA=2', { A: '2' }],
    ['A=1\nB=$A\nV=mine\nC=$V', { A: '1', B: '1', V: 'mine', C: 'val' }],
    ['=x', { '': 'x' }],
  ])('reads %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    ['\nA*=1', 'unexpected character "*" in variable name "A*=1"', 2, 2],
    ['A=1\nB C=1', 'key cannot contain a space', 2, 1],
    ['A=1\nB="never\nC=2\n', 'unterminated quoted value "never', 2, 3],
    ["B='a\\'", "unterminated quoted value 'a\\'", 1, 3],
    ['A=${B', 'invalid template: "${B"', 1, 3],
    ['A=${B:?needed}', 'required variable B is missing a value: needed', 1, 3],
  ])('refuses %j', (text, message, line, column) => {
    const { problem } = read(text);
    expect(problem?.message).toBe(message);
    expect(problem && toSourceRange(problem.span).start).toMatchObject({ line, column });
  });

  it('names variables that are set nowhere', () => {
    expect(read('A=$NO').unset.map((variable) => variable.name)).toEqual(['NO']);
  });

  it('knows where each entry was written', () => {
    const entry = read('A=1\nB="x"  \n').entries[1];
    expect(entry && entry.span.source.text.slice(entry.span.start, entry.span.end)).toBe('B="x"');
  });

  it('reads any single-quoted text back', () => {
    const text = fc.string().filter((value) => !value.includes('\\'));
    fc.assert(
      fc.property(text, (value) => {
        expect(values(`K='${value.replaceAll("'", "\\'")}'`)).toEqual({ K: value });
      }),
    );
  });

  it('never throws', () => {
    const character = fc.constantFrom('A', '=', ':', '"', "'", '\\', '\n', ' ', '#', '$', '{', '}', '\t');
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        read(characters.join(''));
      }),
    );
  });
});
