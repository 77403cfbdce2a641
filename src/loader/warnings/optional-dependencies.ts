import { optionalDependencyDisabled } from '../../diagnostics/surprise-diagnostics.ts';
import type { Findings } from '../findings.ts';
import { locateSpan } from '../tree/locate.ts';
import type { SurprisingParts } from './warn-of-surprises.ts';

/** Warns of optional dependencies that no active profile enables. */
export function warnOfOptionalDependencies(
  { services, disabled, tree }: SurprisingParts,
  findings: Pick<Findings, 'add'>,
): void {
  for (const [name, service] of Object.entries(services)) {
    for (const dependency of Object.keys(service.depends_on ?? {})) {
      const target = services[dependency] === undefined ? disabled[dependency] : undefined;
      if (target === undefined) continue;
      const at = locateSpan(tree, ['services', name, 'depends_on', dependency]);
      findings.add(optionalDependencyDisabled(name, dependency, target.profiles ?? [], at));
    }
  }
}
