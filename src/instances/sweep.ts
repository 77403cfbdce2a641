import type { TextMap } from '../engine/container.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { LEASED_LABEL, LOCK_LABEL, PROJECT_LABEL } from '../state/labels.ts';
import { endIfUnheld } from './end-unheld.ts';
import { isStaleLock } from './instance-lock.ts';
import { type OwnerJudge, openOwnerJudge, ownerWords } from './judge-owner.ts';
import type { Lease } from './lease.ts';
import { listLeases } from './lease-store.ts';
import type { InstancePorts } from './ports.ts';
import { tearDown } from './tear-down.ts';

/** How a sweep is done. */
export interface SweepOptions {
  readonly signal?: AbortSignal;
  /** Look also for leased copies that have no lease at all, which takes a few more calls. Default false. */
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
 * Removes what killed processes left on the engine: copies all of whose leases have lost their owner, and locks that nobody
 * holds. With nothing to remove it is two list calls. Copies of living owners are not touched.
 */
export async function sweep(ports: InstancePorts, options: SweepOptions = {}): Promise<SweepReport> {
  const { engine, clock, processes } = ports;
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const [leases, locks] = await Promise.all([
    listLeases(engine, undefined, call),
    engine.containers.list({ all: true, labels: [LOCK_LABEL] }, call),
  ]);
  const judge = await openOwnerJudge(processes, () => clock.now());
  const verdicts = await Promise.all(leases.map(({ owner, expiresAt }) => judge.judge(owner, expiresAt)));
  const dead = leases.filter((_, index) => verdicts[index] === 'gone');
  for (const { Id: id } of locks) await removeStaleLock(ports, judge, id);
  const projects = new Map(dead.map((lease) => [lease.project, lease]));
  const swept = await Promise.all(
    [...projects].map(async ([project, { owner }]): Promise<readonly SweptCopy[]> => {
      const removed = await endIfUnheld(ports, judge, project, { ...call, quiet });
      return removed === undefined ? [] : [{ project, owner: ownerWords(owner), removed }];
    }),
  );
  const lost = options.thorough === true ? await sweepUnleased(ports, options.signal) : [];
  return { swept: [...swept.flat(), ...lost], live: leases.filter((_, index) => verdicts[index] === 'alive') };
}

async function removeStaleLock(ports: InstancePorts, judge: OwnerJudge, id: string): Promise<void> {
  try {
    const lock = await ports.engine.containers.inspect(id);
    if (await isStaleLock(ports, judge, lock)) await ports.engine.containers.remove(id, { force: true, volumes: true });
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
}

/** A leased copy has a lease from before its first resource to after its last one. */
async function sweepUnleased(ports: InstancePorts, signal: AbortSignal | undefined): Promise<readonly SweptCopy[]> {
  const before = await unleasedProjects(ports, signal);
  if (before.length === 0) return [];
  await ports.clock.sleep(secondLook, signal);
  const projects = (await unleasedProjects(ports, signal)).filter((project) => before.includes(project));
  return Promise.all(
    projects.map(async (project) => ({
      project,
      owner: 'somebody unknown',
      removed: await tearDown(ports, project, signal === undefined ? {} : { signal }),
    })),
  );
}

/** Resources are listed before leases: what is seen then had a lease, which is only gone if it was released since. */
async function unleasedProjects(
  { engine }: InstancePorts,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const call = signal === undefined ? {} : { signal };
  const labels = [`${LEASED_LABEL}=true`];
  const [containers, networks, volumes] = await Promise.all([
    engine.containers.list({ all: true, labels }, call),
    engine.networks.list({ labels }, call),
    engine.volumes.list({ labels }, call),
  ]);
  const projectOf = ({ Labels: own }: { readonly Labels?: TextMap | null }): readonly string[] =>
    own?.[PROJECT_LABEL] === undefined ? [] : [own[PROJECT_LABEL]];
  const found = new Set([...containers, ...networks, ...volumes].flatMap(projectOf));
  if (found.size === 0) return [];
  const leased = new Set((await listLeases(engine, undefined, call)).map(({ project }) => project));
  return [...found].filter((project) => !leased.has(project));
}
