import { externalNetworkAmbiguous, externalNetworkMissing } from '../diagnostics/plan-diagnostics.ts';
import type { NetworkInspect } from '../engine/resource.ts';
import type { DesiredNetwork } from '../state/desired-state.ts';
import type { FieldChange } from '../state/field-change.ts';
import { CONFIG_HASH_LABEL, PROJECT_LABEL } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { networkChanges } from '../state/resource-changes.ts';
import type { PlanDraft } from './plan-draft.ts';

/** What becomes of a network. */
export type NetworkVerdict =
  | { readonly kind: 'create'; readonly network: DesiredNetwork }
  | { readonly kind: 'keep'; readonly network: DesiredNetwork; readonly id: string }
  /** Its definition changed: disconnected, removed and made anew. */
  | {
      readonly kind: 'replace';
      readonly network: DesiredNetwork;
      readonly old: NetworkInspect;
      readonly changes: readonly FieldChange[];
    };

/** Compares one network with the engine. Reports a missing or ambiguous external network; such a one is kept. */
export function assessNetwork(network: DesiredNetwork, observed: ObservedState, draft: PlanDraft): NetworkVerdict {
  const named = observed.networks.filter(({ Name: name }) => name === network.name);
  if (network.external) return assessExternal(network, named, observed, draft);
  const [chosen, ...others] = named.toSorted(byOwnershipAndAge(observed.project));
  if (chosen === undefined) return { kind: 'create', network };
  const keep = { kind: 'keep', network, id: chosen.Id } as const;
  if (others.length > 0) {
    draft.notice({
      kind: 'warning',
      address: `network:${network.key}`,
      text: `several networks are named ${network.name}; the oldest is used`,
    });
  }
  if (chosen.Labels?.[PROJECT_LABEL] !== observed.project) {
    draft.notice({
      kind: 'warning',
      address: `network:${network.key}`,
      text: `a network with name ${network.name} exists but was not created for project "${observed.project}"; it is used as it is. Set \`external: true\` to use an existing network`,
    });
    return keep;
  }
  const hash = chosen.Labels[CONFIG_HASH_LABEL] ?? '';
  if (hash === '' || hash === network.hash) return keep;
  const changes = networkChanges(network.request, chosen);
  return changes.length === 0 ? keep : { kind: 'replace', network, old: chosen, changes };
}

function assessExternal(
  network: DesiredNetwork,
  named: readonly NetworkInspect[],
  observed: ObservedState,
  draft: PlanDraft,
): NetworkVerdict {
  const path = `networks.${network.key}`;
  const [found = observed.networks.find(({ Id: id }) => id === network.name), ...others] = named;
  if (found === undefined) draft.report(externalNetworkMissing(path, network.name));
  if (others.length > 0) draft.report(externalNetworkAmbiguous(path, network.name, named.length));
  return { kind: 'keep', network, id: found?.Id ?? '' };
}

/** Ours before others, then the earliest by time and id: what every process that looks agrees on. */
function byOwnershipAndAge(project: string): (a: NetworkInspect, b: NetworkInspect) => number {
  const key = ({ Labels: labels, Created: created, Id: id }: NetworkInspect): string =>
    `${labels?.[PROJECT_LABEL] === project ? 0 : 1} ${created} ${id}`;
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
