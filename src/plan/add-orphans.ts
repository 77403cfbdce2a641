import type { ObservedContainer } from '../state/observed-state.ts';
import { isFinishedOneOff } from './container-state.ts';
import { addRemoval, strayAddress } from './container-steps.ts';
import type { UpWork } from './up-work.ts';

/** Removes what the file no longer has, or says that it is there (compose-surface section 4.9). */
export function addOrphans(work: UpWork): void {
  const orphans = work.observed.containers.filter((container) => isOrphan(work, container));
  if (orphans.length === 0 || work.policy.ignoreOrphans === true) return;
  if (work.policy.removeOrphans !== true) {
    const names = orphans.map(({ name }) => name).toSorted();
    work.draft.notice({
      kind: 'orphans',
      text: `found orphan containers (${names.join(', ')}) for this project; if a service was removed or renamed, --remove-orphans cleans them up`,
    });
    return;
  }
  for (const orphan of orphans) {
    addRemoval(work.draft, orphan, {
      address: strayAddress(orphan),
      cause: 'orphan',
      timeoutSeconds: work.policy.stopTimeoutSeconds,
    });
  }
}

function isOrphan(work: UpWork, container: ObservedContainer): boolean {
  if (container.oneOff) return isFinishedOneOff(container);
  const { services, disabledServices } = work.desired;
  return !services.some(({ name }) => name === container.service) && !disabledServices.includes(container.service);
}
