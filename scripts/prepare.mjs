import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const oldestNode = [20, 19];

/**
 * Makes a checkout ready to run: the right Node, the packages of the lockfile, a fresh build.
 * @returns {Promise<void>} rejects with one message for the reader
 */
export async function prepareCheckout() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Error(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}`);
  }
  if (!(await packagesAreInstalled())) {
    // Not `npm ci`: it insists on lockfile entries for the optional packages of every other platform.
    await step('Installing packages', 'npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  await step('Building', process.execPath, ['scripts/build.mjs']);
}

/** Whether node_modules holds what the lockfile says: npm keeps a copy of what it installed. */
async function packagesAreInstalled() {
  const installedLock = join(repository, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(await readFile(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || optional === true || link === true || installed[path]?.version === version,
  );
}

async function step(title, command, parameters) {
  console.log(title);
  const shell = process.platform === 'win32' && command === 'npm';
  const { exitCode, output } = await runCommand(command, parameters, { cwd: repository, timeoutSeconds: 900, shell });
  if (exitCode !== 0) throw new Error(`${title} failed:\n${output.trimEnd()}`);
}
