import type { CallOptions, Engine } from '../engine/engine.ts';
import { LEASE_LABEL } from '../state/labels.ts';

/** Whether the engine has leases at all, so that a sweep could find something: whoever has a lock has one. Throws EngineError. */
export async function hasLeases(engine: Engine, call?: CallOptions): Promise<boolean> {
  return (await engine.volumes.list({ labels: [LEASE_LABEL] }, call)).length > 0;
}
