import { engineTooOld } from '../diagnostics/plan-diagnostics.ts';
import { isApiAtLeast } from '../state/api-version.ts';
import type { DesiredNetwork, DesiredService } from '../state/desired-state.ts';
import type { PlanDraft } from './plan-draft.ts';

/** Reports every attribute of services and networks that the engine is too old for (compose-surface section 4.17). */
export function checkApiVersion(
  services: readonly DesiredService[],
  networks: readonly DesiredNetwork[],
  apiVersion: string,
  draft: PlanDraft,
): void {
  const owners = [
    ...services.map(({ name, requirements }) => ({ section: 'services', word: 'service', name, requirements })),
    ...networks.map(({ key, requirements }) => ({ section: 'networks', word: 'network', name: key, requirements })),
  ];
  for (const { section, word, name, requirements } of owners) {
    for (const { below, attribute, apiVersion: needed, release } of requirements) {
      if (isApiAtLeast(apiVersion, needed)) continue;
      const path = `${section}.${name}.${below}`;
      draft.report(engineTooOld(path, `${word} "${name}"`, attribute, release, needed, apiVersion));
    }
  }
}
