#!/usr/bin/env node
// Builds what is published into dist/: the library for `import`, the bundled command, their generated parts.
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCommand } from './build/command.mjs';
import { buildLibrary } from './build/library.mjs';
import { repository } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const finished = join(repository, 'dist');
/** Built aside and swapped in, so that a command which runs meanwhile finds the old build or the new one. */
const staged = join(repository, '.topsail', `build-${process.pid}`);

const { exitCode, output } = await runCommand(process.execPath, ['scripts/generate-validator.mjs'], {
  cwd: repository,
});
if (exitCode !== 0) throw new Error(`the validator could not be generated\n${output}`);
try {
  await mkdir(staged, { recursive: true });
  await Promise.all([buildLibrary(join(staged, 'lib')), buildCommand('src/cli/main.ts', join(staged, 'cli'))]);
  await rm(finished, { recursive: true, force: true });
  await rename(staged, finished);
} finally {
  await rm(staged, { recursive: true, force: true });
}
