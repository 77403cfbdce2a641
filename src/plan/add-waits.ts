import type { ReadyProbe } from '../state/ready-probe.ts';
import type { WaitCondition } from './operation.ts';
import type { Guard } from './plan.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { StartableReplica } from './startable-replica.ts';

/** A replica once its start is in the plan, or is known to be unnecessary. */
export interface StartedReplica extends StartableReplica {
  /** The node that starts it. */
  readonly start: string | undefined;
  /** The start happens only if this holds: else the container runs on as it is. */
  readonly startGuard: Guard | undefined;
}

/** Whether a container that is not started by the plan already is what a wait would wait for. */
function isSatisfied({ container, service }: StartedReplica, condition: WaitCondition): boolean {
  if (container === undefined) return false;
  const { status, exitCode } = container;
  // What a probe from outside would say is not observed.
  const health = service.ready === undefined ? container.health : 'starting';
  switch (condition) {
    case 'running':
      return status === 'running';
    case 'healthy':
      return status === 'running' && health === 'healthy';
    case 'completed':
      return status === 'exited' && exitCode === 0;
    case 'running-or-completed':
      return status === 'running' || (status === 'exited' && exitCode === 0);
    case 'running-or-healthy':
    case 'confirmed':
      return (
        (status === 'running' && (health === 'none' || health === 'healthy')) || (status === 'exited' && exitCode === 0)
      );
  }
}

/** What a wait says beside its condition. */
export interface WaitOptions {
  readonly required: boolean;
  /** Who waits; undefined if the caller does. */
  readonly dependent: string | undefined;
  /** In place of who waits. */
  readonly cause?: string;
  readonly group?: string;
}

/**
 * Adds a wait for a replica, once for each condition and whether it is required; a second dependent is named in the same
 * node. Returns nothing if the container already is what is waited for and is not touched.
 */
export function ensureWait(
  draft: PlanDraft,
  replica: StartedReplica,
  condition: WaitCondition,
  options: WaitOptions,
): string | undefined {
  const satisfied = isSatisfied(replica, condition);
  if (replica.start === undefined && satisfied) return undefined;
  const id = `wait ${replica.address} ${condition}${options.required ? '' : ' optional'}`;
  const existing = draft.get(id);
  if (existing?.operation.kind === 'wait-container') {
    const named = options.dependent === undefined ? [] : [options.dependent];
    const dependents = [...new Set([...existing.operation.dependents, ...named])];
    draft.update(id, { operation: { ...existing.operation, dependents }, cause: causeOf(dependents) });
    return id;
  }
  const dependents = options.dependent === undefined ? [] : [options.dependent];
  const guard = satisfied ? replica.startGuard : undefined;
  return draft.add({
    id,
    address: replica.address,
    operation: {
      kind: 'wait-container',
      service: replica.service.name,
      container: { kind: 'latest', address: replica.address, name: replica.name, id: replica.container?.id },
      condition,
      ...probeOf(replica, condition),
      dependents,
      required: options.required,
    },
    needs: replica.start === undefined ? [] : [replica.start],
    cause: options.cause ?? causeOf(dependents),
    ...(options.group === undefined ? {} : { group: options.group }),
    ...(guard === undefined ? {} : { guard }),
  });
}

/** A probe from outside decides over health, not over whether something runs or has completed. */
function probeOf({ service: { ready } }: StartedReplica, condition: WaitCondition): { readonly ready?: ReadyProbe } {
  const decides = condition === 'healthy' || condition === 'running-or-healthy' || condition === 'confirmed';
  return ready !== undefined && decides ? { ready } : {};
}

function causeOf(dependents: readonly string[]): string {
  if (dependents.length === 0) return 'waiting was asked for';
  return `${dependents.join(', ')} ${dependents.length === 1 ? 'depends' : 'depend'} on it`;
}
