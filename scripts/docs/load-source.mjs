import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { repository } from '../repository.mjs';
import { runCommand } from '../run-command.mjs';

/**
 * Imports modules of src/, which are TypeScript: bundles an entry text that may import from `./` as a file of src/ could.
 * @param {string} entry
 * @returns {Promise<Record<string, any>>} what the entry exports
 */
export async function loadSource(entry) {
  await prepareValidator();
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: join(repository, 'src'), loader: 'ts', sourcefile: 'entry.ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no output');
  // Inside the repository, so that the packages it imports are found.
  const folder = join(repository, '.topsail');
  const path = join(folder, `docs-${randomUUID()}.mjs`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, bundle.contents);
  try {
    return await import(pathToFileURL(path).href);
  } finally {
    await rm(path, { force: true });
  }
}

/** Loading a project needs the compiled schema. */
async function prepareValidator() {
  if (existsSync(join(repository, 'src/schema/generated/compose-validator.js'))) return;
  const { exitCode, output } = await runCommand(process.execPath, ['scripts/generate-validator.mjs'], {
    cwd: repository,
  });
  if (exitCode !== 0) throw new Error(`the validator could not be generated\n${output}`);
}
