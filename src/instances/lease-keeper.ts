import { type OwnerJudge, openOwnerJudge } from './judge-owner.ts';
import { type Lease, nobody } from './lease.ts';
import {
  type LeaseChanges,
  leaseTime,
  listLeases,
  newHolder,
  removeLease,
  replaceLease,
  writeLease,
} from './lease-store.ts';
import type { InstancePorts } from './ports.ts';
import type { ProcessIdentity } from './process-table.ts';

/** The process that looks after the leases of this one, should it be killed. */
export interface Watcher {
  /** A lease of this process is about to be made. */
  hold(owner: ProcessIdentity): void;
  /** A lease is gone. */
  release(): void;
}

/** A lease of this process. */
export interface HeldLease {
  readonly project: string;
  readonly holder: string;
  /** Says that waiting is over. */
  use(): Promise<void>;
  /** Says that the copy is not used any more. */
  unuse(): Promise<void>;
  /** Gives the lease up and leaves what it kept where it is. Safe to call twice. */
  leave(): Promise<void>;
  /** Gives the lease up; what it kept has to be gone by then, or is kept by others. Safe to call twice. */
  release(): Promise<void>;
}

/** Which copy is to be kept, and how. */
export interface HoldOptions {
  readonly shared?: boolean;
  readonly waiting?: boolean;
  readonly signal?: AbortSignal;
}

/** Makes a lease of this process on a project; from then on the watcher knows of it. Throws EngineError. */
export async function holdLease(
  ports: InstancePorts,
  watcher: Watcher,
  project: string,
  { shared = false, waiting = false, signal }: HoldOptions = {},
): Promise<HeldLease> {
  const { engine, clock, processes } = ports;
  const owner = await processes.self();
  const holder = newHolder();
  const call = signal === undefined ? {} : { signal };
  watcher.hold(owner);
  const made = { project, holder, owner, expiresAt: clock.now() + leaseTime, shared, waiting };
  let held = true;
  // The watcher may have replaced it since.
  const listOwn = async (): Promise<readonly Lease[]> =>
    (await listLeases(engine, project)).filter((lease) => lease.holder === holder);
  const release = async (): Promise<void> => {
    if (!held) return;
    held = false;
    await Promise.all((await listOwn()).map((lease) => removeLease(engine, lease)));
    watcher.release();
  };
  try {
    await writeLease(engine, made, call);
  } catch (error) {
    await release().catch(() => undefined);
    throw error;
  }
  const change = async (changes: LeaseChanges): Promise<void> => {
    for (;;) {
      const replaced = await Promise.all((await listOwn()).map((lease) => replaceLease(engine, lease, changes)));
      // The watcher was renewing it at the same moment: its lease is there now.
      if (!replaced.includes(undefined)) return;
    }
  };
  const leave = async (): Promise<void> => {
    if (!held) return;
    held = false;
    await change({ owner: nobody, expiresAt: Number.MAX_SAFE_INTEGER });
    watcher.release();
  };
  return {
    project,
    holder,
    use: () => change({ waiting: false }),
    unuse: () => change({ waiting: true }),
    leave,
    release,
  };
}

/** Replaces the leases of an owner by ones that last longer. */
export async function renewLeases(
  { engine, clock }: Pick<InstancePorts, 'engine' | 'clock'>,
  isOwn: (lease: Lease) => boolean,
): Promise<void> {
  const own = (await listLeases(engine)).filter(isOwn);
  await Promise.all(own.map((lease) => replaceLease(engine, lease, { expiresAt: clock.now() + leaseTime })));
}

/** A judge who stands where this process does. */
export function ownJudge({ clock, processes }: Pick<InstancePorts, 'clock' | 'processes'>): Promise<OwnerJudge> {
  return openOwnerJudge(processes, () => clock.now());
}
