import { externalVolumeMissing } from '../diagnostics/plan-diagnostics.ts';
import type { DesiredVolume } from '../state/desired-state.ts';
import type { FieldChange } from '../state/field-change.ts';
import { CONFIG_HASH_LABEL, PROJECT_LABEL } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { volumeChanges } from '../state/resource-changes.ts';
import type { PlanDraft } from './plan-draft.ts';

/** What becomes of a volume. */
export type VolumeVerdict =
  | { readonly kind: 'create'; readonly volume: DesiredVolume }
  | { readonly kind: 'keep'; readonly volume: DesiredVolume }
  /** Its definition changed: replaced, with its data lost, only if the caller says so. */
  | { readonly kind: 'replace'; readonly volume: DesiredVolume; readonly changes: readonly FieldChange[] };

/** Compares one volume with the engine. Reports a missing external volume. */
export function assessVolume(volume: DesiredVolume, observed: ObservedState, draft: PlanDraft): VolumeVerdict {
  const found = observed.volumes.find(({ Name: name }) => name === volume.name);
  const keep = { kind: 'keep', volume } as const;
  if (volume.external) {
    if (found === undefined) draft.report(externalVolumeMissing(`volumes.${volume.key}`, volume.name));
    return keep;
  }
  if (found === undefined) return { kind: 'create', volume };
  if (found.Labels?.[PROJECT_LABEL] !== observed.project) {
    draft.notice({
      kind: 'warning',
      address: `volume:${volume.key}`,
      text: `a volume with name ${volume.name} exists but was not created for project "${observed.project}"; it is used as it is. Set \`external: true\` to use an existing volume`,
    });
    return keep;
  }
  const hash = found.Labels[CONFIG_HASH_LABEL] ?? '';
  if (hash === '' || hash === volume.hash) return keep;
  const changes = volumeChanges(volume.request, found);
  return changes.length === 0 ? keep : { kind: 'replace', volume, changes };
}
