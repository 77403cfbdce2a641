import { defineConfig } from 'vitest/config';

const seconds = 1000;

/**
 * One project per kind of test. `contract` and `scenarios` need an engine, which DOCKER_HOST names (scripts/test.mjs finds
 * or starts one). The groups run one after the other, so that nothing disturbs the timing of tests on a real engine.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/schema/generated/**'] },
    projects: [
      project('unit', { group: 0, timeout: 60 * seconds }),
      project('attributes', { group: 0, timeout: 60 * seconds }),
      project('conformance', { group: 1, timeout: 120 * seconds }),
      project('package', { group: 2, timeout: 120 * seconds }),
      project('contract', { group: 3, timeout: 60 * seconds }),
      project('scenarios', { group: 4, timeout: 120 * seconds }),
    ],
  },
});

/** The tests of the folder `test/NAME`. Hooks may take as long as tests: they bring projects up and down. */
function project(name: string, { group, timeout }: { readonly group: number; readonly timeout: number }): object {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,mjs}`],
      testTimeout: timeout,
      hookTimeout: timeout,
      maxWorkers: 2,
      sequence: { groupOrder: group },
    },
  };
}
