import { expect, test } from 'vitest';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario } from '../harness/scenario.ts';

test('a container that ends while a dependent waits is named with its code, its last lines and all it blocked', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { first, details } = failureReport(await scenario.run('up', '-d'));
  expect(first).toMatch(/"db".*exited.*\b7\b/);
  expect(details).toContain('starting');
  expect(details).toContain('no such table');
  expect(details).toMatch(/blocked: last, web|blocked: web, last/);
  expect((await scenario.inspect('web')).State.Status).toBe('created');
});

test('with --progress quiet the cause is the first line of stderr', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stderr } = await scenario.run('--progress', 'quiet', 'up', '-d');
  expect(stderr.split('\n')[0]).toMatch(/"db".*exited.*\b7\b/);
});

test('a container in a crash loop ends up --wait long before any limit', async () => {
  const scenario = openScenario(import.meta.dirname);
  const begin = performance.now();
  const { first, details } = failureReport(await scenario.run('up', '--wait', '--wait-timeout', '60', 'crasher'));
  expect(first).toMatch(/"crasher".*\b9\b/);
  expect(details).toContain('crash');
  expect(performance.now() - begin).toBeLessThan(20_000);
});
