import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Watcher } from './lease-keeper.ts';
import type { ProcessIdentity } from './process-table.ts';

/** Which engine a watcher connects to: an address or a context, or the one that the environment names. */
export interface WatchedEngine {
  readonly host?: string;
  readonly context?: string;
}

/** What a watcher process is told when it starts, as JSON in its only parameter. */
export interface WatcherOrder {
  readonly owner: ProcessIdentity;
  readonly engine: WatchedEngine;
}

/** The published entry beside `index.js`. */
const watcherScript = fileURLToPath(new URL('../watcher.js', import.meta.url));

/** A watcher that dies is replaced, but not for ever. */
const mostStarts = 100;

/** Variables for other programs of Node that would slow a watcher down, or have it write files. */
const foreignVariables: readonly string[] = ['NODE_OPTIONS', 'NODE_V8_COVERAGE', 'NODE_EXTRA_CA_CERTS'];

/**
 * A watcher in a process of its own, in a session of its own, that outlives this one: it hears of the end of this process because
 * the pipe between them ends. It is started with the first lease.
 */
export function watcherProcess(engine: WatchedEngine, script: string = watcherScript): Watcher {
  let leases = 0;
  let starts = 0;
  let say: ((words: string) => void) | undefined;
  const start = (owner: ProcessIdentity): void => {
    starts += 1;
    const order: WatcherOrder = { owner, engine };
    const environment = { ...process.env };
    for (const name of foreignVariables) delete environment[name];
    const child = spawn(process.execPath, [script, JSON.stringify(order)], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: environment,
      windowsHide: true,
    });
    const { stdin } = child;
    // Without a watcher the next command or run sweeps.
    child.once('error', () => undefined);
    stdin.on('error', () => undefined);
    child.once('exit', () => {
      say = undefined;
      if (leases > 0 && starts < mostStarts) start(owner);
    });
    // Neither the process nor the pipe keeps this one from ending.
    child.unref();
    if (stdin instanceof Socket) stdin.unref();
    say = (words) => void stdin.write(words);
    say('+'.repeat(leases));
  };
  return {
    hold: (owner) => {
      leases += 1;
      if (say === undefined) start(owner);
      else say('+');
    },
    release: () => {
      leases -= 1;
      say?.('-');
    },
  };
}
