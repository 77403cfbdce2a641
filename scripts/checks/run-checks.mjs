import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { repository, toolPath } from '../repository.mjs';
import { runCommand } from '../run-command.mjs';

const node = process.execPath;
const limitSeconds = 300;

/** Name, what it proves, command line, what `--fix` adds. The slow ones start first. */
const checks = [
  ['package', 'the packed package resolves and its types are right', [node, 'scripts/check-package.mjs'], []],
  ['lint', 'oxlint, type-aware', [toolPath('oxlint'), '--type-aware', '--deny-warnings'], ['--fix']],
  ['types', 'strict types', [toolPath('tsc'), '-p', '.'], []],
  ['dead', 'no unused file, export or dependency', [toolPath('knip'), '--no-progress'], []],
  ['format', 'formatting and import order', [toolPath('biome'), 'check', '.'], ['--write']],
  ['layers', 'every import goes down the house', [node, 'scripts/check-layers.mjs'], []],
  ['docs', 'every export has a doc comment', [node, 'scripts/check-doc-comments.mjs'], []],
  ['pages', 'the generated pages of docs/ are up to date', [node, 'scripts/generate-docs.mjs', '--check'], []],
];

/**
 * Runs checks side by side and prints each outcome as it comes.
 * @param {readonly string[]} names empty for all
 * @param {{fix?: boolean}} [settings] fix: repair what a tool can repair
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runChecks(names, { fix = false } = {}) {
  const unknown = names.filter((name) => !checks.some(([known]) => known === name));
  if (unknown.length > 0) {
    throw new Error(`no check is called ${unknown.join(', ')}; there are ${checks.map(([name]) => name).join(', ')}`);
  }
  await prepareGenerated();
  const queue = checks.filter(([name]) => names.length === 0 || names.includes(name));
  const counts = { passed: 0, failed: 0 };
  const work = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      counts[(await runCheck(check, fix)) ? 'passed' : 'failed'] += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return counts;
}

async function runCheck([name, what, [command, ...parameters], repair], fix) {
  const start = performance.now();
  const { exitCode, output } = await runCommand(command, fix ? [...parameters, ...repair] : parameters, {
    cwd: repository,
    timeoutSeconds: limitSeconds,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${what} (${seconds} s)`);
  if (exitCode !== 0) console.log(indent(output));
  return exitCode === 0;
}

function indent(text) {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('npm warn'))
    .map((line) => `       ${line}`)
    .join('\n');
}

/** The type checker and the linter need the generated validator. */
async function prepareGenerated() {
  if (existsSync(join(repository, 'src/schema/generated'))) return;
  const { exitCode, output } = await runCommand(node, ['scripts/generate-validator.mjs'], { cwd: repository });
  if (exitCode !== 0) throw new Error(`the validator could not be generated\n${output}`);
}
