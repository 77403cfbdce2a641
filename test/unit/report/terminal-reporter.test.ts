import { expect, test } from 'vitest';
import { createTerminalReporter } from '../../../src/report/terminal-reporter.ts';
import { RecordedOutput } from './recorded-output.ts';
import { at, node, planOf, run, storyStart } from './told-events.ts';

const escapes = /\u001b\[[0-9;]*[A-Za-z]|\r/g;

function reporterOn(output: RecordedOutput) {
  return createTerminalReporter(output, { title: 'up', coloured: false, now: () => storyStart + 5000 });
}

test('the last frame stays on the terminal, with the summary below', async () => {
  const output = new RecordedOutput(80, 24);
  const reporter = reporterOn(output);
  const network = node('create-network', 'p_default');
  reporter.sink(planOf(network));
  for (const event of run(network, 0, 100)) reporter.sink(event);
  reporter.sink(
    at(200, {
      type: 'summary',
      project: 'p',
      duration: 200,
      text: 'p is up',
      outcomes: { done: 1, failed: 0, blocked: 0, aborted: 0, skipped: 0 },
    }),
  );
  await reporter.close();
  const shown = output.text.replaceAll(escapes, '').trimEnd().split('\n').slice(-3);
  expect(shown[0]).toBe('[+] up 1/1');
  expect(shown[1]).toMatch(/^ ✔ Network p_default Created +0\.1s$/);
  expect(shown[2]).toBe('p is up');
});

test('closing ends the rows of an execution that never ended', async () => {
  const output = new RecordedOutput(80, 24);
  const reporter = reporterOn(output);
  reporter.sink(planOf(node('create-network', 'p_default')));
  await reporter.close();
  const shown = output.text;
  await reporter.close();
  expect(shown.replaceAll(escapes, '')).toContain('[+] up 0/1');
  expect(output.text).toBe(shown);
});

test('log lines are written where the rows were, and the rows come back', async () => {
  const output = new RecordedOutput(80, 24);
  const reporter = reporterOn(output);
  const network = node('create-network', 'p_default');
  reporter.sink(planOf(network));
  await Promise.resolve();
  reporter.interrupt(() => output.write('web-1  | hello\n'));
  for (const event of run(network, 0, 100)) reporter.sink(event);
  await reporter.close();
  expect(output.text.replaceAll(escapes, '')).toContain('web-1  | hello\n[+] up 1/1');
});

test('a terminal without a size shows rows all the same', async () => {
  const output = new RecordedOutput(0, 0);
  const reporter = reporterOn(output);
  const pull = node('pull-image', 'nginx');
  const { needs: _, ...identity } = pull;
  reporter.sink(planOf(pull));
  reporter.sink(at(0, { type: 'node-started', ...identity }));
  await new Promise((resolve) => setImmediate(resolve));
  expect(output.text.replaceAll(escapes, '')).toContain('Image nginx Pulling');
  await reporter.close();
});
