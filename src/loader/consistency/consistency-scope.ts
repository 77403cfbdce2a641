import { didYouMean } from '../../diagnostics/did-you-mean.ts';
import type { SourceSpan } from '../../diagnostics/source-text.ts';
import type { MappingNode } from '../../document/node.ts';
import type { Service } from '../../project/service.ts';
import type { ProfiledServices } from '../apply-profiles.ts';
import type { BoundModel } from '../bind/bind-model.ts';
import type { Findings } from '../findings.ts';
import { locateSpan } from '../tree/locate.ts';

/** What the checks of one project share. */
export interface ConsistencyScope {
  readonly bound: BoundModel;
  readonly services: ProfiledServices;
  readonly tree: MappingNode;
  readonly findings: Findings;
}

/** One enabled service under check. */
export interface CheckedService {
  readonly name: string;
  readonly service: Service;
}

/** Where something of a service is written. */
export function placeInService(
  scope: ConsistencyScope,
  service: string,
  ...steps: readonly (string | number)[]
): SourceSpan {
  return locateSpan(scope.tree, ['services', service, ...steps.map(String)]);
}

/** With more errors than this, looking for what each name may have meant costs more than it helps. */
const mostSuggestions = 100;

/** What a name that is not defined may have meant. */
export function suggestName(
  scope: Pick<ConsistencyScope, 'findings'>,
  name: string,
  defined: () => Iterable<string>,
): string | undefined {
  return scope.findings.errors > mostSuggestions ? undefined : didYouMean(name, defined());
}
