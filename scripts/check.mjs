#!/usr/bin/env node
// Everything that can be checked without running the product. Usage: node scripts/check.mjs [--fix] [NAME...]
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { repository, toolPath } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const node = process.execPath;
const fix = process.argv.includes('--fix');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));

/** Name, what it proves, command line. In the order of their output; the slow ones start first. */
const checks = [
  ['package', 'the packed package resolves and its types are right', [node, 'scripts/check-package.mjs']],
  ['types', 'strict types', [toolPath('tsc'), '-p', '.']],
  ['lint', 'oxlint, type-aware', [toolPath('oxlint'), '--type-aware', '--deny-warnings', ...(fix ? ['--fix'] : [])]],
  ['dead', 'no unused file, export or dependency', [toolPath('knip'), '--no-progress']],
  ['format', 'formatting and import order', [toolPath('biome'), 'check', ...(fix ? ['--write'] : []), '.']],
  ['layers', 'every import goes down the house', [node, 'scripts/check-layers.mjs']],
  ['docs', 'every export has a doc comment', [node, 'scripts/check-doc-comments.mjs']],
];

/** Runs one check and prints its outcome at once. */
async function runCheck([name, what, [command, ...parameters]]) {
  const start = performance.now();
  const { exitCode, output } = await runCommand(command, parameters, { cwd: repository, timeoutSeconds: 300 });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${what} (${seconds} s)`);
  if (exitCode !== 0) console.log(indent(output));
  return exitCode === 0;
}

function indent(text) {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('npm warn'))
    .map((line) => `       ${line}`)
    .join('\n')
    .trimEnd();
}

async function prepareGenerated() {
  if (existsSync(join(repository, 'src/schema/generated'))) return true;
  const { exitCode, output } = await runCommand(node, ['scripts/generate-validator.mjs'], { cwd: repository });
  if (exitCode !== 0) console.log(`FAILED generate the validator\n${indent(output)}`);
  return exitCode === 0;
}

async function main() {
  const unknown = wanted.filter((name) => !checks.some(([known]) => known === name));
  if (unknown.length > 0) throw new Error(`no check is called ${unknown.join(', ')}`);
  if (!(await prepareGenerated())) return false;
  const queue = checks.filter(([name]) => wanted.length === 0 || wanted.includes(name));
  let green = true;
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) green = (await runCheck(next)) && green;
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return green;
}

process.exitCode = (await main()) ? 0 : 1;
