import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { endIfUnheld } from './end-unheld.ts';
import { isSameProcess, openOwnerJudge } from './judge-owner.ts';
import { renewLeases } from './lease-keeper.ts';
import { leaseTime, listLeases } from './lease-store.ts';
import type { ProcessIdentity, ProcessTable } from './process-table.ts';
import { sweep } from './sweep.ts';

/** What a watcher works with. */
export interface WatchPorts {
  /** What the owner says: `+` for a lease that it makes, `-` for one that is gone. It ends when the owner does. */
  readonly words: AsyncIterable<string>;
  readonly owner: ProcessIdentity;
  readonly connect: () => Promise<Engine>;
  readonly clock: Clock;
  readonly processes: ProcessTable;
  /** Whether what other killed processes left is removed too. */
  readonly sweeps: boolean;
}

/** How often an owner who says nothing any more is looked for, in milliseconds. */
const lookAgain = 500;

/** A test run that has begun is not disturbed at once. */
const settled = 2000;

/** The engine may still carry out what the owner asked of it in its last moment. */
const quiet = 2000;

/**
 * Watches over the leases of another process: renews them while it lives, even if it is paused, and ends what it held once it
 * is gone. Once in its life it removes what others left that were killed. Resolves when there is nothing to do any more.
 */
export async function watchOwner(ports: WatchPorts): Promise<void> {
  let leases = 0;
  const over = new AbortController();
  const renewing = renewWhileHeld(ports, () => leases > 0, over.signal);
  const sweeping = sweepUnlessOver(ports, over.signal);
  for await (const words of ports.words) {
    for (const word of words) leases += word === '+' ? 1 : word === '-' ? -1 : 0;
  }
  over.abort();
  const [isSwept] = await Promise.all([sweeping, renewing]);
  if (leases > 0) await endAfterOwner(ports);
  if (!isSwept) await sweepOthers(ports);
}

async function sweepUnlessOver(ports: WatchPorts, signal: AbortSignal): Promise<boolean> {
  await ports.clock.sleep(settled, signal).catch(() => undefined);
  if (signal.aborted) return false;
  await sweepOthers(ports);
  return true;
}

/** What cannot be removed now is left to the next one who sweeps. */
async function sweepOthers(ports: WatchPorts): Promise<void> {
  if (!ports.sweeps) return;
  const { clock, processes } = ports;
  await withEngine(ports, (engine) => sweep({ engine, clock, processes })).catch(() => undefined);
}

async function renewWhileHeld(ports: WatchPorts, isHeld: () => boolean, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await ports.clock.sleep(leaseTime / 3, signal).catch(() => undefined);
    if (signal.aborted || !isHeld()) continue;
    // An engine that cannot be reached now may be by the next time; until then the lease counts.
    await withEngine(ports, (engine) =>
      renewLeases({ engine, clock: ports.clock }, (lease) => isSameProcess(lease.owner, ports.owner)),
    ).catch(() => undefined);
  }
}

async function endAfterOwner(ports: WatchPorts): Promise<void> {
  const { clock, owner, processes } = ports;
  while ((await processes.startTimeOf(owner.pid)) === owner.startTime) await clock.sleep(lookAgain);
  await withEngine(ports, async (engine) => {
    const judge = await openOwnerJudge(processes, () => clock.now());
    // The lease that the owner was about to make may turn up only now.
    for (let quietSince = clock.now(); clock.now() - quietSince < quiet; await clock.sleep(lookAgain)) {
      const own = (await listLeases(engine)).filter((lease) => isSameProcess(lease.owner, owner));
      const projects = [...new Set(own.map(({ project }) => project))];
      await Promise.all(
        projects.map((project) => endIfUnheld({ engine, clock, processes }, judge, project, { quiet })),
      );
      if (projects.length > 0) quietSince = clock.now();
    }
  });
}

async function withEngine<Result>({ connect }: WatchPorts, work: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await connect();
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
