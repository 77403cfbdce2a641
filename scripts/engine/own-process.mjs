import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The process that a pid file names, if it is alive and its command line mentions the folder. Ids are used again, so a
 * number alone proves nothing.
 * @param {string} pidFile
 * @param {string} folder
 * @returns {number | undefined}
 */
export function ownProcess(pidFile, folder) {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends the process a pid file names: asks, waits, then insists.
 * @param {string} pidFile
 * @param {string} folder
 * @param {number} patienceSeconds
 * @returns {Promise<boolean>} whether there was one
 */
export async function endOwnProcess(pidFile, folder, patienceSeconds) {
  const pid = ownProcess(pidFile, folder);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < patienceSeconds; waited += 0.1) {
    if (ownProcess(pidFile, folder) === undefined) return true;
    await sleep(100);
  }
  process.kill(pid, 'SIGKILL');
  return true;
}
