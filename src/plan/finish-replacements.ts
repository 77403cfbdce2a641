import type { Address } from '../state/address.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { ensureWait, type StartedReplica } from './add-waits.ts';
import { isAlive } from './container-state.ts';
import { known } from './container-steps.ts';
import type { PlanNode } from './plan.ts';
import { nodeExtras } from './step-options.ts';
import type { PreparedReplica, ReplacementStep, UpWork } from './up-work.ts';

/**
 * Ends every replacement: once the new container has proved itself the old one goes and its name passes on; if it cannot
 * be started, or does not become what is waited for, it goes and the old one is started again. Where nothing is started,
 * the old one goes at once.
 */
export function finishReplacements(
  work: UpWork,
  replicas: readonly PreparedReplica[],
  started: ReadonlyMap<Address, StartedReplica>,
): void {
  const proofs = requiredWaits(work);
  for (const replica of replicas) {
    const { container, replaces } = replica;
    if (container === undefined || replaces === undefined) continue;
    const start = started.get(replica.address);
    const proved =
      start === undefined ? replica.ready : proofOf(work, start, { ...replaces, former: container }, proofs);
    const needs = [...proved, ...sharerRemovals(replica, replicas)];
    const remove = addFormerRemoval(work, { ...replica, container }, replaces, needs);
    addRename(work, replica, container, replaces, [...replica.ready, remove]);
    if (start !== undefined)
      addWayBack(work, { ...replica, container }, replaces, [...new Set([...replica.ready, ...proved])]);
  }
  addDependentsWayBack(work, replicas, started);
}

/** The waits that a failed replica fails, by its address. */
function requiredWaits({ draft }: UpWork): ReadonlyMap<Address, readonly string[]> {
  const waits = new Map<Address, string[]>();
  for (const { id, address, operation } of draft.nodes()) {
    if (operation.kind !== 'wait-container' || !operation.required) continue;
    waits.set(address, [...(waits.get(address) ?? []), id]);
  }
  return waits;
}

/** What has to have happened before the old container goes: the waits there are, else the new one has to run for a moment. */
function proofOf(
  work: UpWork,
  started: StartedReplica,
  { former, group }: ReplacementStep & { readonly former: ObservedContainer },
  waits: ReadonlyMap<Address, readonly string[]>,
): readonly string[] {
  const start = started.start === undefined ? [] : [started.start];
  const own = waits.get(started.address) ?? [];
  if (own.length > 0 || !isAlive(former)) return [...start, ...own];
  const options = { required: true, dependent: undefined, cause: 'the former container is kept until then', group };
  const wait = ensureWait(work.draft, started, 'running-or-completed', options);
  return wait === undefined ? start : [...start, wait];
}

type Replaced = PreparedReplica & { readonly container: ObservedContainer };

/** Old containers that live in the network or the volumes of this old one: engines such as Podman keep it until those are gone. */
function sharerRemovals({ service }: PreparedReplica, replicas: readonly PreparedReplica[]): readonly string[] {
  return replicas.flatMap((other) => {
    const shares = other.service.references.some((reference) => reference.service === service.name);
    return shares && other.container !== undefined && other.replaces !== undefined ? [`remove ${other.address}`] : [];
  });
}

function addFormerRemoval(
  { draft }: UpWork,
  { address, container, service }: Replaced,
  step: ReplacementStep,
  needs: readonly string[],
): string {
  return draft.add({
    id: `remove ${address}`,
    address,
    operation: { kind: 'remove-container', service: service.name, container: known(container), volumes: false },
    needs,
    cause: step.cause,
    ...nodeExtras(step),
  });
}

function addRename(
  { draft }: UpWork,
  { address, name }: PreparedReplica,
  { id }: ObservedContainer,
  step: ReplacementStep,
  needs: readonly string[],
): void {
  draft.add({
    id: `rename ${address}`,
    address,
    operation: { kind: 'rename-container', container: { kind: 'latest', address, name, id }, name },
    needs,
    cause: step.cause,
    ...nodeExtras(step),
  });
}

/** If one of the steps goes wrong, the new container is removed and the old one, if it ran, is started again. */
function addWayBack(
  { draft }: UpWork,
  { address, name, service, container }: Replaced,
  { group }: ReplacementStep,
  steps: readonly string[],
): void {
  const cause = 'the new container did not prove itself';
  const way: Pick<PlanNode, 'address' | 'cause' | 'settles' | 'group'> = { address, cause, settles: true, group };
  const discard = draft.add({
    ...way,
    id: `discard ${address}`,
    operation: {
      kind: 'remove-container',
      service: service.name,
      container: { kind: 'latest', address, name, id: undefined },
      volumes: true,
    },
    needs: steps,
    guard: { kind: 'undone', done: `create ${address}`, nodes: steps },
  });
  const stop = `stop ${address}`;
  if (draft.get(stop) === undefined) return;
  draft.add({
    ...way,
    id: `restore ${address}`,
    operation: { kind: 'start-container', service: service.name, container: known(container) },
    needs: [discard],
    guard: { kind: 'undone', done: stop, nodes: steps },
  });
}

/** A container that was stopped because what it depends on is replaced runs on if the replacement fails. */
function addDependentsWayBack(
  { draft }: UpWork,
  replicas: readonly PreparedReplica[],
  started: ReadonlyMap<Address, StartedReplica>,
): void {
  for (const { address, container, outcome, service } of replicas) {
    const start = started.get(address)?.start;
    const stop = `stop ${address}`;
    if (outcome !== 'kept' || container === undefined || start === undefined) continue;
    if (draft.get(stop) === undefined) continue;
    const restored = service.dependencies.flatMap((dependency) =>
      replicas.flatMap((other) => {
        const restore = `restore ${other.address}`;
        return other.service.name === dependency.service && draft.get(restore) !== undefined ? [restore] : [];
      }),
    );
    if (restored.length === 0) continue;
    draft.add({
      id: `restore ${address}`,
      address,
      operation: { kind: 'start-container', service: service.name, container: known(container) },
      needs: [start, ...restored],
      settles: true,
      cause: 'what it depends on could not be replaced',
      guard: { kind: 'undone', done: stop, nodes: [start] },
    });
  }
}
