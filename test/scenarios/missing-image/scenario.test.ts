import { expect, test } from 'vitest';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario } from '../harness/scenario.ts';

test('an image that cannot be pulled is named with its service and the reason, soon', async () => {
  const scenario = openScenario(import.meta.dirname);
  const begin = performance.now();
  const { first, details } = failureReport(await scenario.run('up', '-d'));
  expect(first).toMatch(/"web".*registry\.invalid\/nobody\/nothing:1: \S+/);
  expect(details).toMatch(/blocked: .*after/);
  expect(performance.now() - begin).toBeLessThan(20_000);
  expect((await scenario.inspect('apart')).State.Status).toBe('running');
});

test('an image that may not be pulled is named too', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { first } = failureReport(await scenario.run('up', '-d', 'never'));
  expect(first).toMatch(/"never".*topsail-test\/never-made:1/);
});
