import { readFile, realpath } from 'node:fs/promises';

/**
 * What is mounted below a folder, the innermost first. The kernel names mounts by real paths, spaces as `\040`.
 * @param {string} folder
 * @param {string} [table] where the kernel lists mounts
 * @returns {Promise<readonly string[]>}
 */
export async function mountsBelow(folder, table = '/proc/self/mountinfo') {
  const real = await realpath(folder).catch(() => folder);
  const points = (await readFile(table, 'utf8')).split('\n').map((line) => unescapeOctal(line.split(' ')[4] ?? ''));
  return points.filter((point) => point.startsWith(`${real}/`)).reverse();
}

function unescapeOctal(text) {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
