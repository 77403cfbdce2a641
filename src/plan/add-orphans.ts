import { isFinishedOneOff } from './container-state.ts';
import { addRemoval, strayAddress } from './container-steps.ts';
import type { UpWork } from './up-work.ts';

/** Removes what the file no longer has, or says that it is there (compose-surface section 4.9). */
export function addOrphans(work: UpWork): void {
  const { services, disabledServices } = work.desired;
  const known = new Set([...services.map(({ name }) => name), ...disabledServices]);
  const orphans = work.observed.containers.filter((container) =>
    container.oneOff ? isFinishedOneOff(container) : !known.has(container.service),
  );
  if (orphans.length === 0 || work.policy.ignoreOrphans === true) return;
  if (work.policy.removeOrphans !== true) {
    const names = orphans.map(({ name }) => name).toSorted();
    work.draft.notice({
      kind: 'orphans',
      text: `Found orphan containers ([${names.join(' ')}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
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
