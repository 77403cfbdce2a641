import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * A Docker daemon that runs in this network but did not answer on any usual socket, as `pid N: its command line`.
 * Two daemons in one network namespace rewrite each other's firewall rules.
 * @returns {string | undefined}
 */
export function unreachableEngine() {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'dockerd') continue;
      if (readlinkSync(`/proc/${pid}/ns/net`) !== readlinkSync('/proc/self/ns/net')) continue;
      return `pid ${pid}: ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()}`;
    } catch {
      // The process ended while it was looked at.
    }
  }
  return undefined;
}
