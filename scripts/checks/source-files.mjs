import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * The TypeScript files under a folder, generated ones left out, as paths relative to it with forward slashes.
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function listSourceFiles(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.[cm]?ts$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').includes('generated'))
    .sort();
}
