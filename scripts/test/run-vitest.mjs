import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository, toolPath } from '../repository.mjs';
import { runCommand } from '../run-command.mjs';

/** Beyond this something hangs. */
const limitSeconds = 20 * 60;

/**
 * How many tests ended how.
 * @typedef {{passed: number, failed: number, notAvailable: Record<string, number>}} Counts
 */

/**
 * Runs vitest, its output shown.
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Counts>}
 */
export async function runVitest(parameters, env) {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const reporters = ['--reporter=default', '--reporter=./scripts/test/count-reporter.mjs'];
    const { exitCode } = await runCommand(toolPath('vitest'), ['run', ...reporters, ...parameters], {
      cwd: repository,
      env: { ...env, TOPSAIL_TEST_COUNTS: file },
      inherit: true,
      timeoutSeconds: limitSeconds,
    });
    return withExitCode(exitCode, await readCounts(file));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readCounts(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, notAvailable: {} };
  }
}

/** A runner that failed for a reason it did not count has failed all the same. */
function withExitCode(exitCode, counts) {
  if (exitCode === 0 || counts.failed > 0) return counts;
  console.log(`vitest ended with exit code ${exitCode} and counted no failure`);
  return { ...counts, failed: 1 };
}
