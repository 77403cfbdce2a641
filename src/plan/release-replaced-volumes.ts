import { replaceVolumeGuard } from './add-resources.ts';
import { addRemoval, strayAddress } from './container-steps.ts';
import { removalNodes } from './removal-nodes.ts';
import type { UpWork } from './up-work.ts';

/**
 * A volume can be removed once no container mounts it: those that nothing else removes go with it, under the same
 * question.
 */
export function releaseReplacedVolumes(work: UpWork): void {
  const removals = new Map(removalNodes(work.draft));
  for (const verdict of work.volumes.values()) {
    if (verdict.kind !== 'replace') continue;
    const { key, name } = verdict.volume;
    const needs = work.observed.containers
      .filter(({ mounts }) => mounts.some((mount) => mount.Name === name))
      .map((container) => {
        const removal =
          removals.get(container.id) ??
          addRemoval(work.draft, container, {
            address: strayAddress(container),
            cause: `volume ${key} is replaced`,
            guard: replaceVolumeGuard(key),
            timeoutSeconds: work.policy.stopTimeoutSeconds,
          });
        removals.set(container.id, removal);
        return removal;
      });
    work.draft.need(`remove volume:${key}`, needs);
  }
}
