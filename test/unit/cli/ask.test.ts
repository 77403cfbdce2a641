import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { ask } from '../../../src/cli/ask.ts';
import type { Host } from '../../../src/cli/host.ts';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import { RecordedHost } from './recorded-host.ts';

async function answerTo(input: string, defaultAnswer: boolean, stdinIsTerminal: boolean): Promise<boolean> {
  const recorded = new RecordedHost();
  const host: Host = Object.assign(Object.create(recorded) as Host, { stdinIsTerminal });
  const answer = await ask(
    { host, interrupts: listenForInterrupts(host) },
    'Sure?',
    defaultAnswer,
    Readable.from([input]),
  );
  expect(recorded.stdout.text).toBe(stdinIsTerminal ? `Sure? [${defaultAnswer ? 'Y/n' : 'y/N'}] ` : 'Sure?');
  return answer;
}

test.each(['y\n', 'yes', 'TRUE\n', '1', ' y \n'])('%j is yes', async (input) => {
  expect(await answerTo(input, false, false)).toBe(true);
});

test.each(['n\n', 'no', 'maybe', '0'])('%j is no', async (input) => {
  expect(await answerTo(input, true, true)).toBe(false);
});

test('no answer is the default on a terminal, and no without one', async () => {
  expect(await answerTo('\n', true, true)).toBe(true);
  expect(await answerTo('\n', false, true)).toBe(false);
  expect(await answerTo('', true, false)).toBe(false);
  expect(await answerTo('\n', true, false)).toBe(false);
});
