import { type Address, containerAddress } from '../state/address.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addHooks, canRunHooks } from './add-hooks.ts';
import { isAlive } from './container-state.ts';
import { mergeGuards } from './merge-guards.ts';
import type { ContainerTarget } from './operation.ts';
import type { PlanDraft } from './plan-draft.ts';
import { nodeExtras, type StepOptions } from './step-options.ts';

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

/**
 * Adds the stop of a container that is alive, once, after the hooks its service has for that: a second reason adds its
 * prerequisites and joins the guards. Returns the node, or undefined for a container that needs no stop.
 */
export function ensureStop(draft: PlanDraft, container: ObservedContainer, options: StepOptions): string | undefined {
  if (!isAlive(container)) return undefined;
  const id = `stop ${options.address}`;
  const existing = draft.get(id);
  if (existing !== undefined) {
    needBeforeStop(draft, id, options.needs ?? []);
    const guard = mergeGuards(existing.guard, options.guard);
    for (const node of [...stopHooks(draft, id), id]) draft.setGuard(node, guard);
    return id;
  }
  const { service: name } = container;
  const hooks = canRunHooks(container)
    ? addHooks(
        draft,
        { name, hooks: draft.hooksOf(name) },
        { ...options, moment: 'pre_stop', container: known(container) },
      )
    : [];
  return draft.add({
    id,
    address: options.address,
    operation: {
      kind: 'stop-container',
      service: name,
      container: known(container),
      timeoutSeconds: options.timeoutSeconds,
    },
    needs: hooks.length === 0 ? (options.needs ?? []) : hooks.slice(-1),
    cause: options.cause,
    ...nodeExtras(options),
  });
}

/** Adds prerequisites to everything that happens at the stop of a container. */
export function needBeforeStop(draft: PlanDraft, stop: string, needs: Iterable<string>): void {
  draft.need(stopHooks(draft, stop)[0] ?? stop, needs);
}

/** The hooks before a stop, in their order. */
function stopHooks(draft: PlanDraft, stop: string): readonly string[] {
  const address = draft.get(stop)?.address;
  const hooks: string[] = [];
  for (let index = 0; ; index += 1) {
    const id = `pre_stop ${index} ${address ?? ''}`;
    if (draft.get(id) === undefined) return hooks;
    hooks.push(id);
  }
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
