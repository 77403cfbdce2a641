#!/usr/bin/env node
// Builds what is published into dist/: the library for `import`, the bundled command, their generated parts.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCommand } from './build/command.mjs';
import { buildLibrary } from './build/library.mjs';
import { repository } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const { exitCode, output } = await runCommand(process.execPath, ['scripts/generate-validator.mjs'], {
  cwd: repository,
});
if (exitCode !== 0) throw new Error(`the validator could not be generated\n${output}`);
await rm(join(repository, 'dist'), { recursive: true, force: true });
await Promise.all([buildLibrary(), buildCommand('src/cli/main.ts', join(repository, 'dist/cli'))]);
