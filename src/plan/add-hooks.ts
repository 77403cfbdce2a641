import type { ObservedContainer } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import type { ContainerTarget } from './operation.ts';
import type { PlanDraft } from './plan-draft.ts';
import { nodeExtras, type StepOptions } from './step-options.ts';

/** Which hooks run where, and why. */
interface HookOptions extends StepOptions {
  readonly moment: 'post_start' | 'pre_stop';
  readonly container: ContainerTarget;
}

/** Adds the hooks of one moment in one container, one after the other. Returns their nodes. */
export function addHooks(
  draft: PlanDraft,
  { name, hooks }: Pick<StartableService, 'name' | 'hooks'>,
  { moment, container, ...options }: HookOptions,
): readonly string[] {
  const nodes: string[] = [];
  for (const [index, request] of (moment === 'post_start' ? hooks.postStart : hooks.preStop).entries()) {
    const last = nodes.at(-1);
    nodes.push(
      draft.add({
        id: `${moment} ${index} ${options.address}`,
        address: options.address,
        operation: { kind: 'run-hook', service: name, container, moment, index, request },
        needs: last === undefined ? (options.needs ?? []) : [last],
        cause: options.cause,
        ...nodeExtras(options),
      }),
    );
  }
  return nodes;
}

/** Whether something can be executed in a container as it was seen. */
export function canRunHooks({ status, oneOff }: ObservedContainer): boolean {
  return status === 'running' && !oneOff;
}
