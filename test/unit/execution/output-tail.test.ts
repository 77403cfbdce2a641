import { expect, test } from 'vitest';
import { createOutputTail } from '../../../src/execution/output-tail.ts';

const chunk = (stream: 'stdout' | 'stderr', text: string) => ({ stream, data: new TextEncoder().encode(text) });

test('lines are told as they end, over pieces and with or without carriage returns', () => {
  const told: string[] = [];
  const output = createOutputTail((line) => told.push(line));
  for (const text of ['one\r\ntw', 'o\n', '\nlast']) output.take(chunk('stdout', text));
  expect(told).toEqual(['one', 'two', '']);
  output.end();
  expect(told.at(-1)).toBe('last');
});

test('the last ten lines are kept, of stderr if it has any', () => {
  const output = createOutputTail(() => undefined);
  output.take(chunk('stdout', Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('')));
  expect(output.last()).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 20}`));
  output.take(chunk('stderr', 'oops\n'));
  expect(output.last()).toEqual(['oops']);
});

test('no more than 2048 characters are kept', () => {
  const output = createOutputTail(() => undefined);
  output.take(chunk('stdout', `${'a'.repeat(3000)}\n${'b'.repeat(10)}\n`));
  expect(output.last().join('')).toHaveLength(2048);
});
