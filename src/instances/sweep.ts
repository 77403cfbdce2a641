import { isEngineError } from '../engine/engine-error.ts';
import { endIfUnheld } from './end-unheld.ts';
import { isQueueTurn, passEngineQueue } from './engine-queue.ts';
import { isStaleLock } from './instance-lock.ts';
import { type OwnerJudge, openOwnerJudge, ownerWords } from './judge-owner.ts';
import { isLeftBehind, type Lease } from './lease.ts';
import { listLeases, removeLease } from './lease-store.ts';
import { type LeasedResources, listLeased } from './list-leased.ts';
import type { InstancePorts } from './ports.ts';
import { tearDown } from './tear-down.ts';

/** How a sweep is done. */
export interface SweepOptions {
  readonly signal?: AbortSignal;
  /** Remove also leased copies that their holder left behind on purpose, and running ones whose lease is lost. Default false. */
  readonly thorough?: boolean;
}

/** A copy that was removed because nobody holds it any more. */
export interface SweptCopy {
  /** Project name of the copy. */
  readonly project: string;
  /** Whose it was, in words. */
  readonly owner: string;
  /** How many containers, networks and volumes went. */
  readonly removed: number;
}

/** What a sweep came to. */
export interface SweepReport {
  readonly swept: readonly SweptCopy[];
  /** Leases whose owner lives, which are left alone. */
  readonly live: readonly Lease[];
}

/** The engine may still carry out what a killed process asked of it. */
const quiet = 1000;

/** Between two looks at copies without a lease: one that was just being renewed has one the second time. */
const secondLook = 500;

/**
 * Removes what killed processes left on the engine: copies all of whose leases have lost their owner, what the engine made of
 * them when their leases were gone already, and locks that nobody holds. With nothing to remove it is four list calls. Copies of
 * living owners are not touched.
 */
export async function sweep(ports: InstancePorts, options: SweepOptions = {}): Promise<SweepReport> {
  const { clock, processes } = ports;
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const seen = await look(ports, options);
  const judge = await openOwnerJudge(processes, () => clock.now());
  const verdicts = await Promise.all(seen.leases.map(({ owner, expiresAt }) => judge.judge(owner, expiresAt)));
  const dead = seen.leases.filter((_, index) => verdicts[index] === 'gone');
  for (const id of seen.locks) await removeStaleLock(ports, judge, id);
  const projects = new Map(dead.map((lease) => [lease.project, lease]));
  let turn: Promise<void> | undefined;
  // One turn for all: networks are scarce.
  const passQueue = (): Promise<void> => {
    turn ??= passEngineQueue(ports.engine, call);
    return turn;
  };
  const sweeping = allEnded(
    [...projects].map(async ([project, { owner }]): Promise<readonly SweptCopy[]> => {
      const removed = await endIfUnheld(ports, judge, project, { ...call, quiet, passQueue });
      return removed === undefined ? [] : [{ project, owner: ownerWords(owner), removed }];
    }),
  );
  const [swept, lost] = await allEnded([sweeping, sweepUnleased(ports, seen, options, passQueue)]);
  return { swept: [...swept.flat(), ...lost], live: seen.leases.filter((_, index) => verdicts[index] === 'alive') };
}

/** What is on the engine, as a sweep sees it. */
interface Look extends LeasedResources {
  /** Leases that somebody holds or held. */
  readonly leases: readonly Lease[];
  /** Copies that nothing keeps. */
  readonly unleased: readonly string[];
  /** Leases that keep nothing. */
  readonly pointless: readonly Lease[];
}

/**
 * A leased copy has a lease from before its first resource to after its last one. So resources are listed before leases: what is
 * seen without a lease has lost it, or was made after it. What the engine makes when its owner is gone does not run: nobody starts it.
 * A copy that runs without a lease lost it to somebody who removes unused volumes, and may be needed.
 */
async function look({ engine }: InstancePorts, { signal, thorough = false }: SweepOptions): Promise<Look> {
  const call = signal === undefined ? {} : { signal };
  const leased = await listLeased(engine, call);
  const all = await listLeases(engine, undefined, call);
  const keeps = (lease: Lease): boolean => !isLeftBehind(lease) || (!thorough && leased.projects.has(lease.project));
  const kept = new Set(all.filter(keeps).map(({ project }) => project));
  const isLost = (project: string): boolean => !kept.has(project) && (thorough || !leased.running.has(project));
  return {
    ...leased,
    leases: all.filter((lease) => !isLeftBehind(lease)),
    unleased: [...leased.projects].filter(isLost),
    pointless: all.filter((lease) => !keeps(lease)),
  };
}

async function removeStaleLock(ports: InstancePorts, judge: OwnerJudge, id: string): Promise<void> {
  try {
    const lock = await ports.engine.containers.inspect(id);
    if (await isStaleLock(ports, judge, lock)) await ports.engine.containers.remove(id, { force: true, volumes: true });
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
}

async function sweepUnleased(
  ports: InstancePorts,
  first: Look,
  options: SweepOptions,
  passQueue: () => Promise<void>,
): Promise<readonly SweptCopy[]> {
  if (first.unleased.length + first.pointless.length === 0) return [];
  await ports.clock.sleep(secondLook, options.signal);
  const second = await look(ports, options);
  const projects = second.unleased.filter((project) => first.unleased.includes(project));
  const removed = await allEnded(projects.map((project) => removeLost(ports, project, options, passQueue)));
  await Promise.all(second.pointless.map((lease) => removeLease(ports.engine, lease)));
  return projects.flatMap((project, index) => {
    const count = removed[index] ?? 0;
    return count === 0 || isQueueTurn(project) ? [] : [{ project, owner: 'somebody unknown', removed: count }];
  });
}

/** What somebody else uses is tried once: the next sweep finds it again, and a command waits for each. */
async function removeLost(
  ports: InstancePorts,
  project: string,
  { signal, thorough = false }: SweepOptions,
  passQueue: () => Promise<void>,
): Promise<number> {
  const call = signal === undefined ? {} : { signal };
  const isNeeded = async (): Promise<boolean> =>
    (await listLeases(ports.engine, project, call)).some((lease) => !thorough || !isLeftBehind(lease));
  const usual = { ...call, patience: 0, isNeeded };
  const removed = await tearDown(ports, project, usual);
  if (removed === 0 || isQueueTurn(project)) return removed;
  return removed + (await tearDown(ports, project, { ...usual, quiet, passQueue }));
}

/** As `Promise.all`; when it rejects, nothing is under way any more. */
async function allEnded<Results extends readonly unknown[]>(
  works: Readonly<{ [Index in keyof Results]: Promise<Results[Index]> }>,
): Promise<Results> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
