import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, toolPath } from '../repository.mjs';
import { runCommand } from '../run-command.mjs';

/**
 * Emits the library, ES modules with their declarations, into a folder: what the published entry points reach, no more.
 * @param {string} folder
 * @returns {Promise<void>} rejects with the compiler's words
 */
export async function buildLibrary(folder) {
  const { exitCode, output } = await runCommand(toolPath('tsc'), ['-p', 'scripts/build', '--outDir', folder], {
    cwd: repository,
  });
  if (exitCode !== 0) throw new Error(`tsc could not emit the library\n${output}`);
  await copyGenerated(folder);
}

/** The generated validator is JavaScript beside its declarations, which tsc checks against and does not copy. */
async function copyGenerated(folder) {
  const from = join(repository, 'src/schema/generated');
  for (const name of await readdir(from)) {
    if (/\.(js|cjs|mjs|d\.ts)$/.test(name)) await cp(join(from, name), join(folder, 'schema/generated', name));
  }
}
