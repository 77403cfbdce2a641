import { expect, it } from 'vitest';
import { parseBooleanWord, parseSwitch } from '../../../src/project/boolean-words.ts';

it.each(['true', 'True', 'TRUE'])('reads %s as true', (text) => {
  expect(parseBooleanWord(text)).toEqual({ value: true, outdated: false });
});

it.each([
  ['y', true],
  ['Yes', true],
  ['ON', true],
  ['n', false],
  ['No', false],
  ['off', false],
])('reads %s as an outdated word', (text, value) => {
  expect(parseBooleanWord(text)).toEqual({ value, outdated: true });
});

it.each(['', '1', '0', 't', 'maybe', ' true'])('does not read %j', (text) => {
  expect(parseBooleanWord(text)).toBeUndefined();
});

it('reads switches by the words of Go', () => {
  expect(['1', 't', 'TRUE', '0', 'F', 'false', 'yes', ''].map(parseSwitch)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    undefined,
    undefined,
  ]);
});
