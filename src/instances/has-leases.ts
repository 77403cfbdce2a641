import type { CallOptions, Engine } from '../engine/engine.ts';
import { LEASE_LABEL, LOCK_LABEL } from '../state/labels.ts';

/** Whether the engine has leases or locks at all, so that a sweep could find something. Throws EngineError. */
export async function hasLeases(engine: Engine, call?: CallOptions): Promise<boolean> {
  const [leases, locks] = await Promise.all([
    engine.volumes.list({ labels: [LEASE_LABEL] }, call),
    engine.containers.list({ all: true, labels: [LOCK_LABEL] }, call),
  ]);
  return leases.length + locks.length > 0;
}
