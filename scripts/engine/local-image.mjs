import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { canInstallPackages, installPackages } from './install-packages.mjs';

const searchPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * What a home-made image holds.
 * @typedef {object} LocalImage
 * @property {readonly import('./tar-archive.mjs').TarEntry[]} entries
 * @property {readonly string[]} changes Dockerfile instructions for its configuration
 */

/**
 * BusyBox, from the distribution's static package.
 * @returns {Promise<LocalImage>}
 */
export async function busyboxImage() {
  const entries = await baseEntries();
  return { entries, changes: [`ENV ${searchPath}`, 'CMD ["sh"]'] };
}

/**
 * Node, from the binary that runs this script and the libraries it loads, on top of BusyBox.
 * @returns {Promise<LocalImage>}
 */
export async function nodeImage() {
  const binary = await realpath(process.execPath);
  const libraries = await loadedLibraries(binary);
  const entries = await baseEntries();
  const folders = new Set(entries.map(({ path }) => path));
  const parents = libraries.flatMap((path) => ancestors(path)).filter((path) => !folders.has(path));
  return {
    entries: [
      ...entries,
      { path: 'usr/local', folder: true },
      { path: 'usr/local/bin', folder: true },
      { path: 'app', folder: true },
      ...[...new Set(parents)].sort().map((path) => ({ path, folder: true })),
      ...libraries.map((path) => ({ path: path.slice(1), file: path, mode: 0o755 })),
      { path: 'usr/local/bin/node', file: binary, mode: 0o755 },
    ],
    changes: [`ENV ${searchPath}`, 'WORKDIR /app', 'CMD ["node"]'],
  };
}

/** A root file system with BusyBox under all its names, and the users that images usually have. */
async function baseEntries() {
  const busybox = await staticBusybox();
  const { stdout } = await runCommand(busybox, ['--list']);
  const applets = stdout.split('\n').filter((name) => name !== '' && name !== 'busybox');
  const folders = [
    'bin',
    'dev',
    'etc',
    'home',
    'home/node',
    'proc',
    'root',
    'run',
    'sbin',
    'srv',
    'sys',
    'usr',
    'usr/bin',
    'var',
  ];
  return [
    ...folders.map((path) => ({ path, folder: true })),
    { path: 'tmp', folder: true, mode: 0o1777 },
    {
      path: 'etc/passwd',
      text: 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000:node:/home/node:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
    },
    { path: 'etc/group', text: 'root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n' },
    { path: 'bin/busybox', file: busybox, mode: 0o755 },
    ...applets.map((name) => ({ path: `bin/${name}`, link: 'busybox' })),
  ];
}

async function staticBusybox() {
  const usual = ['/bin/busybox', '/usr/bin/busybox'];
  let found = usual.find((path) => existsSync(path));
  if (found === undefined || !(await isStatic(found))) {
    if (!canInstallPackages()) throw new Error('a home-made image needs a static busybox (Debian: busybox-static)');
    await installPackages(['busybox-static']);
    found = usual.find((path) => existsSync(path));
  }
  if (found === undefined) throw new Error('busybox-static holds no busybox');
  return found;
}

async function isStatic(binary) {
  const { output } = await runCommand('ldd', [binary]);
  return /not a dynamic executable|statically linked/i.test(output);
}

async function loadedLibraries(binary) {
  if (process.platform !== 'linux')
    throw new Error(`a Linux image cannot be made from this machine's node (${process.platform})`);
  const { exitCode, stdout } = await runCommand('ldd', [binary]);
  if (exitCode !== 0) return [];
  return stdout
    .split('\n')
    .map((line) => /(?:=> )?(\/[^ ]+) \(0x/.exec(line)?.[1])
    .filter((path) => path !== undefined);
}

function ancestors(path) {
  const folder = dirname(path).slice(1);
  const parts = folder.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
