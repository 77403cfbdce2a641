import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, toolPath } from '../repository.mjs';
import { runCommand } from '../run-command.mjs';

/**
 * Emits the library, ES modules with their declarations, into `dist/lib`: what the published entry points reach, no more.
 * @returns {Promise<void>} rejects with the compiler's words
 */
export async function buildLibrary() {
  const { exitCode, output } = await runCommand(toolPath('tsc'), ['-p', 'scripts/build'], { cwd: repository });
  if (exitCode !== 0) throw new Error(`tsc could not emit the library\n${output}`);
  await copyGenerated();
}

/** The generated validator is JavaScript beside its declarations, which tsc checks against and does not copy. */
async function copyGenerated() {
  const from = join(repository, 'src/schema/generated');
  for (const name of await readdir(from)) {
    if (/\.(js|cjs|mjs|d\.ts)$/.test(name))
      await cp(join(from, name), join(repository, 'dist/lib/schema/generated', name));
  }
}
