import { type Address, containerAddress } from '../state/address.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { isAlive } from './container-state.ts';
import { mergeGuards } from './merge-guards.ts';
import type { ContainerTarget } from './operation.ts';
import type { Guard, PlanNode } from './plan.ts';
import type { PlanDraft } from './plan-draft.ts';

/** What a step on an observed container says beside its deed. */
export interface StepOptions {
  readonly address: Address;
  readonly cause: string;
  readonly needs?: readonly string[];
  readonly guard?: Guard | undefined;
  readonly group?: string;
  readonly timeoutSeconds?: number | undefined;
}

/** The address of a container that belongs to no replica of the plan. */
export function strayAddress(container: ObservedContainer): Address {
  return `orphan:${container.name}`;
}

/** The address of an observed container: its replica, or itself if the project has no such replica. */
export function observedAddress(container: ObservedContainer): Address {
  const { service, number, oneOff } = container;
  return number === undefined || oneOff ? strayAddress(container) : containerAddress(service, number);
}

/** An operation's target that stays the container that was observed. */
export function known(container: ObservedContainer): ContainerTarget {
  return { kind: 'known', id: container.id, name: container.name };
}

/** Members of a node that are left out when there is nothing to say. */
export function nodeExtras(options: Pick<StepOptions, 'guard' | 'group'>): Pick<PlanNode, 'guard' | 'group'> {
  return {
    ...(options.guard === undefined ? {} : { guard: options.guard }),
    ...(options.group === undefined ? {} : { group: options.group }),
  };
}

/**
 * Adds the stop of a container that is alive, once: a second reason adds its prerequisites and joins the guards. Returns
 * the node, or undefined for a container that needs no stop.
 */
export function ensureStop(draft: PlanDraft, container: ObservedContainer, options: StepOptions): string | undefined {
  if (!isAlive(container)) return undefined;
  const id = `stop ${options.address}`;
  const existing = draft.get(id);
  if (existing !== undefined) {
    draft.need(id, options.needs ?? []);
    draft.setGuard(id, mergeGuards(existing.guard, options.guard));
    return id;
  }
  return draft.add({
    id,
    address: options.address,
    operation: {
      kind: 'stop-container',
      service: container.service,
      container: known(container),
      timeoutSeconds: options.timeoutSeconds,
    },
    needs: options.needs ?? [],
    cause: options.cause,
    ...nodeExtras(options),
  });
}

/** Adds prerequisites to everything that happens at the stop of a container. */
export function needBeforeStop(draft: PlanDraft, stop: string, needs: Iterable<string>): void {
  draft.need(stop, needs);
}

/** Adds the removal of a container, after its stop. Returns the node. */
export function addRemoval(
  draft: PlanDraft,
  container: ObservedContainer,
  options: StepOptions & { readonly volumes?: boolean },
): string {
  const stop = ensureStop(draft, container, options);
  return draft.add({
    id: `remove ${options.address}`,
    address: options.address,
    operation: {
      kind: 'remove-container',
      service: container.service,
      container: known(container),
      volumes: options.volumes === true,
    },
    needs: stop === undefined ? (options.needs ?? []) : [stop],
    cause: options.cause,
    ...nodeExtras(options),
  });
}
