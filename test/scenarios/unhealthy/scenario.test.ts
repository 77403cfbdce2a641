import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

test('a service that never gets healthy is named with its last check, its last lines and what it blocked', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { exitCode, stderr } = await scenario.run('up', '-d');
  expect(exitCode).toBe(1);
  const report = stderr.split('\n');
  const first = report.findIndex((line) => line !== '' && !line.startsWith(' '));
  expect(report[first]).toMatch(/\bdb\b.*unhealthy/);
  const details = report.slice(first + 1).join('\n');
  expect(details).toContain('no connection');
  expect(details).toContain('cannot open the data file');
  expect(details).toContain('web');
});

test('what does not depend on it runs all the same', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.run('up', '-d');
  expect((await scenario.inspect('apart')).State.Status).toBe('running');
  expect((await scenario.inspect('web')).State.Status).toBe('created');
});

test('with --progress json every line of stderr is one object, the error too', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { exitCode, stderr } = await scenario.run('--progress', 'json', 'up', '-d');
  expect(exitCode).toBe(1);
  const events = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.at(-1)).toMatchObject({ error: true, message: expect.stringMatching(/\bdb\b.*unhealthy/) });
  expect(events).toContainEqual(expect.objectContaining({ type: 'node-ended', outcome: 'blocked', version: 1 }));
});
