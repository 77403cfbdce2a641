import type { ProcessIdentity, ProcessTable } from './process-table.ts';

/** What is known of the owner of a lease or lock. */
export type OwnerVerdict = 'alive' | 'gone';

/** Judges owners from where this process stands. */
export interface OwnerJudge {
  readonly self: ProcessIdentity;
  /** Whether it lives: seen by a process of the same PID namespace, elsewhere by the time that it has named. */
  judge(owner: ProcessIdentity, expiresAt: number): Promise<OwnerVerdict>;
}

/**
 * Opens a judge. An owner in the same PID namespace lives as long as the process of its number and start time does, however
 * long ago it last said so; of an earlier run of the machine nobody is left; anywhere else its lease counts until it expires.
 */
export async function openOwnerJudge(table: ProcessTable, now: () => number): Promise<OwnerJudge> {
  const self = await table.self();
  const judge: OwnerJudge['judge'] = async (owner, expiresAt) => {
    const isNear = owner.host === self.host && owner.bootId === self.bootId && owner.pidNamespace === self.pidNamespace;
    if (!isNear) return now() < expiresAt ? 'alive' : 'gone';
    return (await table.startTimeOf(owner.pid)) === owner.startTime ? 'alive' : 'gone';
  };
  return { self, judge };
}

/** Whether two identities are one process. */
export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.host === other.host &&
    one.bootId === other.bootId &&
    one.pidNamespace === other.pidNamespace &&
    one.pid === other.pid &&
    one.startTime === other.startTime
  );
}

/** `process 123 on build-7`. */
export function ownerWords({ pid, host }: ProcessIdentity): string {
  return `process ${String(pid)} on ${host}`;
}
