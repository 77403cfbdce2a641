import { join } from 'node:path';
import { repository } from '../repository.mjs';
import { runCommand } from '../run-command.mjs';

/**
 * Packs the built package as npm would publish it.
 * @param {string} folder where the tarball goes
 * @returns {Promise<string>} the tarball's path
 */
export async function packPackage(folder) {
  const { exitCode, output, stdout } = await runCommand(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: repository, timeoutSeconds: 60 },
  );
  if (exitCode !== 0) throw new Error(`npm pack failed\n${output}`);
  const [{ filename }] = JSON.parse(stdout);
  return join(folder, filename);
}
