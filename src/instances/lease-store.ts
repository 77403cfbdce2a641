import { randomBytes } from 'node:crypto';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { LEASE_LABEL } from '../state/labels.ts';
import { type Lease, leaseLabels, readLease } from './lease.ts';

/** How long a lease counts for those who cannot see its owner, in milliseconds. It is renewed in a third of that. */
export const leaseTime: number = 5 * 60_000;

/** Every lease on the engine, or those on one project. */
export async function listLeases(engine: Engine, project?: string, call?: CallOptions): Promise<readonly Lease[]> {
  const label = project === undefined ? LEASE_LABEL : `${LEASE_LABEL}=${project}`;
  const volumes = await engine.volumes.list({ labels: [label] }, call);
  return volumes.flatMap((volume) => readLease(volume) ?? []);
}

/** Makes the volume that is the lease. */
export async function writeLease(engine: Engine, lease: Omit<Lease, 'volume'>, call?: CallOptions): Promise<Lease> {
  const volume = `topsail-lease-${lease.holder}-${randomBytes(4).toString('hex')}`;
  await engine.volumes.create({ Name: volume, Driver: 'local', Labels: leaseLabels(lease) }, call);
  return { ...lease, volume };
}

/** What of a lease may change; who holds it stays the same. */
export type LeaseChanges = Partial<Pick<Lease, 'expiresAt' | 'waiting' | 'owner'>>;

/**
 * Replaces a lease by a changed one, which is there before the old one goes. Undefined if it was released meanwhile: then
 * none is left.
 */
export async function replaceLease(
  engine: Engine,
  lease: Lease,
  changes: LeaseChanges,
  call?: CallOptions,
): Promise<Lease | undefined> {
  const { volume: _, ...same } = lease;
  const replaced = await writeLease(engine, { ...same, ...changes }, call);
  if (await removeLease(engine, lease, call)) return replaced;
  await removeLease(engine, replaced, call);
  return undefined;
}

/** Removes a lease. Gives whether it was there. */
export async function removeLease(engine: Engine, lease: Pick<Lease, 'volume'>, call?: CallOptions): Promise<boolean> {
  try {
    await engine.volumes.remove(lease.volume, false, call);
    return true;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return false;
    throw error;
  }
}

/** A name for a holder that nobody else has. */
export function newHolder(): string {
  return randomBytes(6).toString('hex');
}
