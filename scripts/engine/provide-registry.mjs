import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { canInstallPackages } from './install-packages.mjs';

const program = 'docker-registry';

/**
 * Finds the registry that some tests push to: the one of this machine, else the distribution's, unpacked into a folder. It is
 * not installed, because its package would start a service.
 * @param {string} folder where it may be unpacked
 * @returns {Promise<string | undefined>} the program; undefined if there is none to be had
 */
export async function provideRegistry(folder) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  const found = places.map((place) => join(place, program)).find((path) => existsSync(path));
  if (found !== undefined || !canInstallPackages()) return found;
  console.log(`Fetching ${program} with apt-get`);
  await mkdir(folder, { recursive: true });
  if (!(await download(folder))) {
    await runCommand('apt-get', ['update'], { timeoutSeconds: 300 });
    if (!(await download(folder))) return undefined;
  }
  const [archive] = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
  if (archive === undefined) return undefined;
  const { exitCode } = await runCommand('dpkg-deb', ['--extract', join(folder, archive), folder]);
  return exitCode === 0 ? join(folder, 'usr/bin', program) : undefined;
}

async function download(folder) {
  const { exitCode } = await runCommand('apt-get', ['download', program], { cwd: folder, timeoutSeconds: 300 });
  return exitCode === 0;
}
