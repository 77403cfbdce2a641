import { lstat, mkdir, realpath, rename, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstallFlags } from '../commands/install.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';

/** A plugin that was there before. The client takes nothing for a plugin whose name does not begin with `docker-`. */
const keptName = 'replaced-by-topsail-docker-compose';

/** Links Topsail as the client's plugin `compose`, or undoes it. What was there is kept and comes back. */
export async function runInstall({ host }: Session, flags: InstallFlags): Promise<number> {
  if (flags.dockerPlugin !== true) throw usageError('install what?', 'use install --docker-plugin');
  const { launcher } = host;
  if (launcher === undefined) throw usageError('only the installed command can be linked');
  const configuration = host.environment['DOCKER_CONFIG'] ?? '';
  const folder = join(configuration === '' ? join(host.homeDirectory, '.docker') : configuration, 'cli-plugins');
  const link = join(folder, 'docker-compose');
  const say = (text: string): void => host.stdout.write(`${text}\n`);
  if (flags.undo === true) {
    const undone = await undo(link, join(folder, keptName), launcher);
    say(undone ? `${link} no longer leads to Topsail` : `${link} does not lead to Topsail, nothing was done`);
    return exitCode.success;
  }
  await mkdir(folder, { recursive: true });
  if (await leadsTo(link, launcher)) say(`${link} leads to Topsail already`);
  else {
    if (await exists(link)) await rename(link, join(folder, keptName));
    await symlink(launcher, link);
    say(`docker compose now calls Topsail (${link}); undo it with: topsail install --docker-plugin --undo`);
  }
  return exitCode.success;
}

async function undo(link: string, kept: string, launcher: string): Promise<boolean> {
  if (!(await leadsTo(link, launcher))) return false;
  await unlink(link);
  if (await exists(kept)) await rename(kept, link);
  return true;
}

async function leadsTo(link: string, launcher: string): Promise<boolean> {
  try {
    return (await realpath(link)) === (await realpath(launcher));
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
