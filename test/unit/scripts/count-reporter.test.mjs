import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import CountReporter from '../../../scripts/test/count-reporter.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topsail-counts-'));
  vi.stubEnv('TOPSAIL_TEST_COUNTS', join(folder, 'counts.json'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A test file as vitest reports it, whose tests ended in the given ways. */
function moduleOf(results, errors = [], suiteErrors = []) {
  return {
    errors: () => errors,
    children: {
      allSuites: () => [{ errors: () => suiteErrors }],
      allTests: () => results.map((result) => ({ fullName: 'a test', result: () => result })),
    },
  };
}

async function count(modules, unhandledErrors = []) {
  await new CountReporter().onTestRunEnd(modules, unhandledErrors);
  return JSON.parse(await readFile(join(folder, 'counts.json'), 'utf8'));
}

const unavailable = (note) => ({ state: 'skipped', note });

test('passed and failed tests are counted over all files', async () => {
  const modules = [moduleOf([{ state: 'passed' }, { state: 'failed' }]), moduleOf([{ state: 'passed' }])];
  expect(await count(modules)).toEqual({ passed: 2, failed: 1, notAvailable: {} });
});

test('tests that need what this machine lacks are counted apart, by reason', async () => {
  const modules = [moduleOf([unavailable('API 1.44'), unavailable('cgroup v2'), unavailable('API 1.44')])];
  expect(await count(modules)).toEqual({ passed: 0, failed: 0, notAvailable: { 'API 1.44': 2, 'cgroup v2': 1 } });
});

test('a test that is skipped without saying what is missing has failed', async () => {
  const results = [{ state: 'skipped', note: undefined }, { state: 'skipped', note: '' }, { state: 'pending' }];
  expect(await count([moduleOf(results)])).toEqual({ passed: 0, failed: 3, notAvailable: {} });
});

test('files that do not load, hooks that throw and stray errors are failures', async () => {
  const modules = [moduleOf([], [new Error('no such module')]), moduleOf([], [], [new Error('in a hook')])];
  expect(await count(modules, [new Error('stray')])).toMatchObject({ passed: 0, failed: 3 });
});
