#!/usr/bin/env node
// Builds and packs the package, then asks publint and attw what a user of the tarball would stumble over.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from './checks/pack-package.mjs';
import { repository, toolPath } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const folder = await mkdtemp(join(tmpdir(), 'topsail-pack-'));
try {
  await run(process.execPath, ['scripts/build.mjs']);
  const tarball = await packPackage(folder);
  await run(toolPath('publint'), ['run', tarball, '--strict']);
  const jsonOnly = ['./package.json', './schemas/*'];
  await run(toolPath('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--exclude-entrypoints', ...jsonOnly]);
} finally {
  await rm(folder, { recursive: true });
}

async function run(command, parameters) {
  const { exitCode, output } = await runCommand(command, parameters, { cwd: repository, timeoutSeconds: 240 });
  if (exitCode === 0) return;
  console.error(output);
  process.exitCode = exitCode;
}
