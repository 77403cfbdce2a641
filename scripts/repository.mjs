import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout, without a slash at the end. */
export const repository = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * The path of a tool that a dev dependency installed.
 * @param {string} name
 */
export function toolPath(name) {
  return join(repository, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}
