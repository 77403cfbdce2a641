import { isApiAtLeast } from '../state/api-version.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { PreStartHook } from '../state/service-hooks.ts';
import type { StartableService } from '../state/startable-service.ts';
import { addLeftoverHooks } from './add-leftover-hooks.ts';
import { mergeGuards } from './merge-guards.ts';
import type { OperationOf } from './operation.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { StartReason } from './start-reason.ts';
import type { StartableReplica } from './startable-replica.ts';
import { nodeExtras } from './step-options.ts';

/** What the containers before a start are planned from. */
export interface PreStartWork {
  readonly draft: PlanDraft;
  readonly observed: ObservedState;
  /** The nodes that bring an image; none if it is known to be there. */
  readonly imageNodes: (reference: string) => readonly string[];
}

/** A replica that is started, and why. */
export interface StartingReplica {
  readonly replica: StartableReplica;
  readonly reason: StartReason;
}

/**
 * Adds the containers that run before a service of which nothing runs, one after the other and after what the service
 * waits for; what an earlier attempt left behind goes first. Returns the last node, or undefined without hooks.
 */
export function addPreStart(
  { draft, observed, imageNodes }: PreStartWork,
  { name, hooks }: StartableService,
  [first, ...others]: readonly StartingReplica[],
  needs: readonly string[],
): string | undefined {
  if (first === undefined || hooks.preStart.length === 0) return undefined;
  const guard = others.reduce((merged, { reason }) => mergeGuards(merged, reason.guard), first.reason.guard);
  const cleared = addLeftoverHooks(draft, observed, (owner) => owner === name);
  let last: string | undefined;
  for (const [index, hook] of hooks.preStart.entries()) {
    last = draft.add({
      id: `pre_start ${index} service:${name}`,
      address: `service:${name}`,
      operation: preStartOperation(name, index, hook, { ...first.replica, apiVersion: observed.apiVersion }),
      needs: last === undefined ? [...needs, ...cleared, ...imageNodes(hook.image)] : [last, ...imageNodes(hook.image)],
      cause: 'it runs before the service starts',
      ...nodeExtras({ guard }),
    });
  }
  return last;
}

function preStartOperation(
  service: string,
  index: number,
  { request, platform, networks }: PreStartHook,
  { address, name, container, apiVersion }: StartableReplica & { readonly apiVersion: string },
): OperationOf<'run-pre-start'> {
  // Older engines take one network with the creation.
  const atOnce = isApiAtLeast(apiVersion, '1.44') ? networks : networks.slice(0, 1);
  const endpoints = Object.fromEntries(atOnce.map((network) => [network, {}]));
  return {
    kind: 'run-pre-start',
    service,
    index,
    platform,
    request: atOnce.length === 0 ? request : { ...request, NetworkingConfig: { EndpointsConfig: endpoints } },
    volumesFrom: { kind: 'latest', address, name, id: container?.id },
    connect: networks.slice(atOnce.length),
  };
}
