import type { PlanDraft } from './plan-draft.ts';
import type { StartableReplica } from './startable-replica.ts';

/** Says of a replica that `up` does not start why it stays as it is. */
export function noticeUnchanged(draft: PlanDraft, { address, container, name, ready }: StartableReplica): void {
  if (container?.status === 'paused') {
    draft.notice({ kind: 'warning', address, text: `container ${container.name} is paused; it is left so` });
    return;
  }
  if (ready.length > 0) return;
  const text = container?.status === 'exited' ? 'it has completed and runs once only' : 'up to date';
  draft.notice({ kind: 'up-to-date', address, name: container?.name ?? name, text });
}

/** Says of a replica that runs and is kept that it is up to date, where nothing is started. */
export function noticeRunning(draft: PlanDraft, { address, container, outcome }: StartableReplica): void {
  if (outcome !== 'kept' || container?.status !== 'running') return;
  draft.notice({ kind: 'up-to-date', address, name: container.name, text: 'up to date' });
}
