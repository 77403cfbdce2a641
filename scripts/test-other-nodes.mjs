#!/usr/bin/env node
// Runs what needs no engine on other versions of Node, which the npm registry carries as packages.
// Usage: node scripts/test-other-nodes.mjs [MAJOR...]   22 and 24 unless told
import { join } from 'node:path';
import { prepareCheckout } from './prepare.mjs';
import { repository } from './repository.mjs';
import { runCommand } from './run-command.mjs';
import { command, sample } from './sample.mjs';

const majors = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24'];
const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The binary of a major version, downloaded once into the checkout's scratch folder. */
async function nodeBinary(major) {
  const folder = join(repository, '.topsail/node', major);
  const name = `node-${platform}`;
  await run('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${major}`]);
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

async function run(program, parameters, settings = {}) {
  const { exitCode, output } = await runCommand(program, parameters, { cwd: repository, ...settings });
  if (exitCode !== 0) throw new Error(`${program} ${parameters.join(' ')} ended with ${exitCode}\n${output}`);
  return output;
}

await prepareCheckout();
for (const major of majors) {
  const node = await nodeBinary(major);
  const version = (await run(node, ['--version'])).trim();
  await run(node, [command, 'version']);
  await run(node, [command, 'config', '--quiet'], { cwd: sample.folder });
  const suites = ['--project', 'unit', '--project', 'attributes'];
  await run(node, [join(repository, 'node_modules/vitest/vitest.mjs'), 'run', ...suites], { inherit: true });
  console.log(`Node ${version}: the command starts, the tests that need no engine pass`);
}
