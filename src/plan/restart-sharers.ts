import { isAlive } from './container-state.ts';
import { ensureStop } from './container-steps.ts';
import type { Restarts } from './restarts.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/**
 * A container that lives in the network or the processes of another one loses them when that one is stopped and started
 * again: it stops before and starts after it.
 */
export function restartSharers(work: UpWork, replicas: readonly PreparedReplica[], restarts: Restarts): void {
  const firsts = new Map<string, PreparedReplica>();
  for (const replica of replicas) if (!firsts.has(replica.service.name)) firsts.set(replica.service.name, replica);
  for (const sharer of replicas) {
    const { container, outcome, service } = sharer;
    if (container === undefined || outcome !== 'kept' || !isAlive(container)) continue;
    for (const { attribute, service: name } of service.references) {
      const parent = firsts.get(name);
      const restart = parent?.outcome === 'kept' ? restarts.get(parent.container?.id ?? '') : undefined;
      if (parent === undefined || restart === undefined || attribute === 'volumes_from') continue;
      const cause = `${name}, which it shares in, is restarted`;
      restarts.add(container.id, cause, restart.guard);
      const step = { address: sharer.address, cause, guard: restart.guard };
      const stop = ensureStop(work.draft, container, { ...step, timeoutSeconds: work.policy.stopTimeoutSeconds });
      if (stop !== undefined) work.draft.need(`stop ${parent.address}`, [stop]);
    }
  }
}
