import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const seconds = 1000;

/**
 * One project per kind of test. `unit`, `attributes` and `types` need nothing; the others need an engine that
 * DOCKER_HOST names (scripts/test.mjs finds or starts one) and run few files at a time, because the engine is shared.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    reporters: ['default'],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/schema/generated/**'] },
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 10 * seconds } },
      { test: { name: 'attributes', include: ['test/attributes/**/*.test.ts'], testTimeout: 10 * seconds } },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 60 * seconds,
          maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: 120 * seconds,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 120 * seconds,
          hookTimeout: 120 * seconds,
        },
      },
    ],
  },
});
