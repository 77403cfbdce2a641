import { isAlive } from './container-state.ts';
import { mergeGuards } from './merge-guards.ts';
import type { Guard } from './plan.ts';
import type { Restarts } from './restarts.ts';
import type { StartableReplica } from './startable-replica.ts';

/** Why a replica is started, and under which guard. */
export interface StartReason {
  readonly cause: string;
  readonly guard: Guard | undefined;
  /** Restart in place, with this many seconds to stop (undefined: the container's own), rather than start. */
  readonly restart?: { readonly timeoutSeconds: number | undefined };
}

/** Why `up` or `start` starts a replica; undefined if it does not. */
export function startReason(replica: StartableReplica, restarts: Restarts): StartReason | undefined {
  const { container, outcome, guard, service } = replica;
  if (container === undefined || outcome === 'created') return { cause: 'created', guard: undefined };
  const restart = restarts.get(container.id);
  if (outcome === 'recreated') {
    if (!isAlive(container)) return { cause: 'recreated', guard: undefined };
    return { cause: 'recreated', guard: restart === undefined ? guard : mergeGuards(guard, restart.guard) };
  }
  if (restart !== undefined) return restart;
  if (isAlive(container)) return undefined;
  if (service.runOnce && container.status === 'exited' && container.exitCode === 0) return undefined;
  if (container.status === 'exited') return { cause: `it has exited (${container.exitCode ?? '?'})`, guard: undefined };
  return { cause: 'not started yet', guard: undefined };
}
