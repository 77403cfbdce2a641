import { existsSync } from 'node:fs';
import { runCommand } from '../run-command.mjs';

const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** Whether packages can be installed: root on Debian, Ubuntu or a relative. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/**
 * Installs the distribution's packages that are missing. The package lists are read anew only when they are too old.
 * @param {readonly string[]} names
 * @returns {Promise<void>} rejects with apt's last words
 */
export async function installPackages(names) {
  const missing = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(', ')} with apt-get`);
  if ((await install(missing)).exitCode === 0) return;
  await runCommand('apt-get', ['update'], { env: environment, timeoutSeconds: 300 });
  const { exitCode, output } = await install(missing);
  if (exitCode !== 0) throw new Error(`apt-get could not install ${missing.join(', ')}\n${lastLines(output, 10)}`);
}

function install(names) {
  return runCommand('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
    env: environment,
    timeoutSeconds: 600,
  });
}

async function isInstalled(name) {
  const { exitCode, stdout } = await runCommand('dpkg-query', ['-W', '-f=${Status}', name]);
  return exitCode === 0 && stdout.includes('ok installed');
}

function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
