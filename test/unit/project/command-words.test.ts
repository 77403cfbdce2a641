import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommandWords } from '../../../src/project/command-words.ts';

describe('splitCommandWords', () => {
  it.each([
    ['', []],
    ['  \t\n', []],
    ['echo hello', ['echo', 'hello']],
    ['a\tb\nc', ['a', 'b', 'c']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`'' ""`, ['', '']],
    [`a"b"'c'd`, ['abcd']],
    [`'a\\nb' "a\\nb" a\\nb`, ['a\\nb', 'anb', 'anb']],
    ['echo $HOME * ~ # x', ['echo', '$HOME', '*', '~', '#', 'x']],
    ['a | b', ['a']],
    ['a && b', ['a']],
    ['a; b', ['a']],
    ['a < b', ['a']],
    ['a 2> b', ['a']],
    ['a b2> c', ['a', 'b2']],
    ['echo "a|b" \\; c', ['echo', 'a|b', ';', 'c']],
    ['echo $(a b) `c d`', ['echo', '$(a b)', '`c d`']],
  ])('splits %j', (text, words) => {
    expect(splitCommandWords(text)).toEqual(words);
  });

  it.each([`echo 'x`, 'echo "x', 'x\\', '`x', '$(x', 'echo (x)', 'x)'])('refuses %j', (text) => {
    expect(() => splitCommandWords(text)).toThrow(new RangeError('invalid command line string'));
  });

  it('gives any words back that are quoted', () => {
    const word = fc.string().filter((text) => !text.includes("'"));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitCommandWords(words.map((text) => `'${text}'`).join(' '))).toEqual(words);
      }),
    );
  });
});
