import type { TextMap } from '../engine/container.ts';
import type { VolumeInspect } from '../engine/resource.ts';
import { LEASE_LABEL } from '../state/labels.ts';
import type { ProcessIdentity } from './process-table.ts';

/**
 * Somebody's word that a copy of a project is still needed. It is an empty volume whose labels say the rest: volumes work the
 * same on every engine, and what cannot be changed can be replaced.
 */
export interface Lease {
  /** Name of the volume. */
  readonly volume: string;
  /** Project name of the copy. */
  readonly project: string;
  /** Stays the same when the lease is renewed. */
  readonly holder: string;
  readonly owner: ProcessIdentity;
  /** Milliseconds since the epoch; counts for those who cannot see the owner. */
  readonly expiresAt: number;
  /** Several holders may keep the copy; what is done to it is done under its lock. */
  readonly shared: boolean;
  /** The holder waits for the lock of a shared copy and does not use it yet. */
  readonly waiting: boolean;
}

/** Owner of the lease on a copy that stays although nobody holds it any more, until it is removed or thoroughly swept. */
export const nobody: ProcessIdentity = { host: '', bootId: '', pidNamespace: '', pid: 0, startTime: '' };

/** Whether a copy was left there on purpose. */
export function isLeftBehind({ owner }: Pick<Lease, 'owner'>): boolean {
  return owner.pid === nobody.pid;
}

const key = (name: string): string => `${LEASE_LABEL}.${name}`;

/** The labels that are the lease. */
export function leaseLabels(lease: Omit<Lease, 'volume'>): TextMap {
  return {
    [LEASE_LABEL]: lease.project,
    [key('holder')]: lease.holder,
    [key('expires')]: String(lease.expiresAt),
    ...ownerLabels(lease.owner),
    ...(lease.shared ? { [key('shared')]: 'true' } : {}),
    ...(lease.waiting ? { [key('waiting')]: 'true' } : {}),
  };
}

/** Labels that say which process something belongs to. */
export function ownerLabels(owner: ProcessIdentity): TextMap {
  return {
    [key('host')]: owner.host,
    [key('boot')]: owner.bootId,
    [key('pidns')]: owner.pidNamespace,
    [key('pid')]: String(owner.pid),
    [key('started')]: owner.startTime,
  };
}

/** Reads {@link ownerLabels}. */
export function readOwner(labels: TextMap): ProcessIdentity {
  return {
    host: labels[key('host')] ?? '',
    bootId: labels[key('boot')] ?? '',
    pidNamespace: labels[key('pidns')] ?? '',
    pid: Number(labels[key('pid')] ?? 0),
    startTime: labels[key('started')] ?? '',
  };
}

/** The lease that a volume is; undefined if it is none. */
export function readLease({ Name: volume, Labels: labels }: VolumeInspect): Lease | undefined {
  const project = labels?.[LEASE_LABEL];
  if (labels === null || labels === undefined || project === undefined) return undefined;
  return {
    volume,
    project,
    holder: labels[key('holder')] ?? volume,
    owner: readOwner(labels),
    expiresAt: Number(labels[key('expires')] ?? 0),
    shared: labels[key('shared')] === 'true',
    waiting: labels[key('waiting')] === 'true',
  };
}
