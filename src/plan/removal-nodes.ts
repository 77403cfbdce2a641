import type { PlanDraft } from './plan-draft.ts';

/** The nodes of a draft that remove observed containers, by container id. */
export function removalNodes(draft: PlanDraft): ReadonlyMap<string, string> {
  const removals = new Map<string, string>();
  for (const { id, operation } of draft.nodes()) {
    if (operation.kind === 'remove-container' && operation.container.id !== undefined) {
      removals.set(operation.container.id, id);
    }
  }
  return removals;
}
