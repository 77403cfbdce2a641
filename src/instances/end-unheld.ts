import { acquireLock } from './instance-lock.ts';
import type { OwnerJudge } from './judge-owner.ts';
import type { Lease } from './lease.ts';
import { listLeases, removeLease } from './lease-store.ts';
import type { InstancePorts } from './ports.ts';
import { type TearDownOptions, tearDown } from './tear-down.ts';

/** Leases on one project, apart by whether their owner lives. */
export interface JudgedLeases {
  readonly live: readonly Lease[];
  readonly dead: readonly Lease[];
}

/** Reads the leases on a project and judges their owners. */
export async function judgeLeases(
  { engine }: Pick<InstancePorts, 'engine'>,
  judge: OwnerJudge,
  project: string,
  signal?: AbortSignal,
): Promise<JudgedLeases> {
  const leases = await listLeases(engine, project, signal === undefined ? {} : { signal });
  const verdicts = await Promise.all(leases.map(({ owner, expiresAt }) => judge.judge(owner, expiresAt)));
  return {
    live: leases.filter((_, index) => verdicts[index] === 'alive'),
    dead: leases.filter((_, index) => verdicts[index] === 'gone'),
  };
}

/**
 * Ends a copy that nobody living holds: removes everything of it, and the leases last, so that whoever is killed meanwhile leaves
 * a reason to go on. With a living holder only the dead leases go. Gives how many resources went; undefined if the copy
 * stays. What several hold is judged under its lock.
 */
export async function endIfUnheld(
  ports: InstancePorts,
  judge: OwnerJudge,
  project: string,
  options: TearDownOptions = {},
): Promise<number | undefined> {
  const { signal } = options;
  const { live, dead } = await judgeLeases(ports, judge, project, signal);
  if (dead.length === 0) return undefined;
  if (![...live, ...dead].some(({ shared }) => shared)) return end(ports, judge, { live, dead }, project, options);
  const lock = await acquireLock(ports, judge, { project, holder: '', ...(signal === undefined ? {} : { signal }) });
  try {
    return await end(ports, judge, await judgeLeases(ports, judge, project, signal), project, options);
  } finally {
    await lock.release();
  }
}

/** Who waits for the lock does not use the copy yet, and will start it anew. */
async function end(
  ports: InstancePorts,
  judge: OwnerJudge,
  { live, dead }: JudgedLeases,
  project: string,
  options: TearDownOptions,
): Promise<number | undefined> {
  if (dead.length === 0) return undefined;
  // What no lock protects may get a new holder meanwhile.
  const isNeeded = async (): Promise<boolean> =>
    isHeld((await judgeLeases(ports, judge, project, options.signal)).live);
  const removed = isHeld(live) ? undefined : await tearDown(ports, project, { ...options, isNeeded });
  await Promise.all(dead.map((lease) => removeLease(ports.engine, lease)));
  return removed;
}

function isHeld(live: readonly Lease[]): boolean {
  return live.some(({ waiting }) => !waiting);
}
