import type { ObservedState } from '../state/observed-state.ts';
import type { PlanDraft } from './plan-draft.ts';

/** Adds the removal of the containers that failed `pre_start` hooks of some services left behind. Returns the nodes. */
export function addLeftoverHooks(
  draft: PlanDraft,
  { hookContainers }: ObservedState,
  isMeant: (service: string) => boolean,
): readonly string[] {
  return hookContainers
    .filter(({ service }) => isMeant(service))
    .map(({ id, name, service }) =>
      draft.add({
        id: `remove orphan:${name}`,
        address: `orphan:${name}`,
        operation: {
          kind: 'remove-container',
          service,
          container: { kind: 'known', id, name },
          volumes: true,
        },
        needs: [],
        cause: 'a pre_start hook left it',
      }),
    );
}
