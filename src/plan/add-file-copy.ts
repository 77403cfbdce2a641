import type { Guard } from './plan.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { StartableReplica } from './startable-replica.ts';
import { nodeExtras } from './step-options.ts';

/** Adds the copy of configs and secrets that are no files of the host, if the service has any. */
export function addFileCopy(
  draft: PlanDraft,
  replica: Pick<StartableReplica, 'service' | 'address' | 'name'>,
  observedId: string | undefined,
  needs: readonly string[],
  step: { readonly cause: string; readonly guard?: Guard | undefined; readonly group?: string },
): string | undefined {
  const { service, address, name } = replica;
  if (service.files.length === 0) return undefined;
  return draft.add({
    id: `copy files to ${address}`,
    address,
    operation: {
      kind: 'copy-files',
      container: { kind: 'latest', address, name, id: observedId },
      files: service.files,
    },
    needs,
    cause: step.cause,
    ...nodeExtras(step),
  });
}
