import { judgeLeases } from './end-unheld.ts';
import { acquireLock, type LockRequest } from './instance-lock.ts';
import type { OwnerJudge } from './judge-owner.ts';
import { type HeldLease, holdLease, ownJudge, type Watcher } from './lease-keeper.ts';
import { removeLease } from './lease-store.ts';
import type { InstancePorts } from './ports.ts';
import { tearDown } from './tear-down.ts';

/** Which copy several processes share, and how it is started. */
export interface ShareRequest {
  /** Project name of the copy: what they agree on. */
  readonly project: string;
  /**
   * Starts it, with whether nobody else uses it. Then it is called under the lock and is to make the copy as the file says, else
   * only what is missing is to be started.
   */
  readonly start: (isFirst: boolean) => Promise<void>;
  /** An image to make the lock of, if the engine has none. */
  readonly image?: string;
  readonly signal?: AbortSignal;
}

/** A part in a shared copy. */
export interface SharedCopy {
  /** Whether this one started it. */
  readonly isFirst: boolean;
  /** Gives the part up; the last one ends the copy. Safe to call twice. */
  release(): Promise<void>;
}

/**
 * Takes part in a copy that several processes share: the first one starts it, the others wait until it has, and whoever was
 * killed counts no more. Throws what `start` throws, after the copy is gone if nobody else uses it.
 */
export async function shareCopy(ports: InstancePorts, watcher: Watcher, request: ShareRequest): Promise<SharedCopy> {
  const { project, signal } = request;
  const judge = await ownJudge(ports);
  const options = { shared: true, waiting: true, ...(signal === undefined ? {} : { signal }) };
  const held = await holdLease(ports, watcher, project, options);
  const lockRequest = { ...request, holder: held.holder };
  try {
    const isFirst = await join(ports, judge, held, request, lockRequest);
    if (!isFirst) await startBesideOthers(ports, judge, held, request);
    let released: Promise<void> | undefined;
    const release = (): Promise<void> => {
      released ??= leave(ports, judge, held, { project, holder: held.holder });
      return released;
    };
    return { isFirst, release };
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function join(
  ports: InstancePorts,
  judge: OwnerJudge,
  held: HeldLease,
  request: ShareRequest,
  lockRequest: LockRequest,
): Promise<boolean> {
  const { project, signal } = request;
  const lock = await acquireLock(ports, judge, lockRequest);
  try {
    const { live, dead } = await judgeLeases(ports, judge, project, signal);
    const isFirst = !live.some(({ waiting, holder }) => !waiting && holder !== held.holder);
    // What those who were killed left behind is in an unknown state.
    if (isFirst && dead.some(({ waiting }) => !waiting)) await tearDown(ports, project, callOf(signal));
    await Promise.all(dead.map((lease) => removeLease(ports.engine, lease)));
    await held.use();
    if (isFirst) await startAlone(ports, request);
    return isFirst;
  } finally {
    await lock.release();
  }
}

async function startAlone(ports: InstancePorts, { project, start }: ShareRequest): Promise<void> {
  try {
    await start(true);
  } catch (error) {
    await tearDown(ports, project);
    throw error;
  }
}

/** The lease keeps the copy, so that the lock may go on to the next one. */
async function startBesideOthers(
  ports: InstancePorts,
  judge: OwnerJudge,
  held: HeldLease,
  { project, start }: ShareRequest,
): Promise<void> {
  try {
    await start(false);
  } catch (error) {
    await leave(ports, judge, held, { project, holder: held.holder });
    throw error;
  }
}

async function leave(ports: InstancePorts, judge: OwnerJudge, held: HeldLease, request: LockRequest): Promise<void> {
  const lock = await acquireLock(ports, judge, request);
  try {
    const { live } = await judgeLeases(ports, judge, request.project);
    const isLast = !live.some(({ waiting, holder }) => !waiting && holder !== held.holder);
    if (isLast) await tearDown(ports, request.project);
    // Others do not count it any more, but while there is a lock there is a lease: a reason to sweep, should this process be killed.
    await held.unuse();
  } finally {
    await lock.release();
  }
  await held.release();
}

function callOf(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
