import { homedir } from 'node:os';
import { connectEngine } from './connect/connect-engine.ts';
import { systemClock } from './connect/system-clock.ts';
import { systemProcessTable } from './instances/process-table.ts';
import { watchOwner } from './instances/watch-owner.ts';
import type { WatcherOrder } from './instances/watcher-process.ts';
import { isTrue } from './source/environment-switch.ts';

/** The process that looks after the leases of another one: see `watcherProcess`. Nothing but its owner's end ends it. */
async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  // The only parameter is an order of ours.
  const { owner, engine } = JSON.parse(process.argv[2] ?? '') as WatcherOrder;
  await watchOwner({
    words: process.stdin.setEncoding('utf8'),
    owner,
    connect: () => connectEngine({ environment: process.env, homeDirectory: homedir(), ...engine }),
    clock: systemClock,
    processes: systemProcessTable(),
    sweeps: !isTrue(process.env['TOPSAIL_NO_SWEEP']),
  });
}

await main();
