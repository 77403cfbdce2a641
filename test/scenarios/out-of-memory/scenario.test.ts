import { expect, test } from 'vitest';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario } from '../harness/scenario.ts';

test('a container that was killed for its memory says so, with the limit', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { first, details } = failureReport(await scenario.run('up', '-d'));
  expect(first).toMatch(/"hog".*memory.*16M.*137/);
  expect(details).toContain('eating');
  expect(details).toContain('blocked: web');
});

test('an attached up says it too', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stdout, stderr, exitCode } = await scenario.run('up', '--no-deps', 'hog');
  expect(stdout).toContain('eating');
  expect(stdout).toMatch(/hog-1 exited with code 137/);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/"hog".*memory/);
});
