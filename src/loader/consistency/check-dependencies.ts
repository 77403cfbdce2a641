import { dependencyCycle, undefinedDependency } from '../../diagnostics/consistency-diagnostics.ts';
import { type ConsistencyScope, placeInService, suggestName } from './consistency-scope.ts';
import { findCycles } from './find-cycles.ts';

/** Whether every dependency exists, and none leads back to its start (spec-facts 15.4, 19.14 and 19.22). */
export function checkDependencies(scope: ConsistencyScope): void {
  const { enabled, disabled, enabledByName } = scope.services;
  const edges = new Map<string, readonly string[]>();
  for (const [name, service] of Object.entries(enabled)) {
    const existing: string[] = [];
    for (const [target, dependency] of Object.entries(service.depends_on ?? {})) {
      if (enabled[target] !== undefined) existing.push(target);
      else if (disabled[target] === undefined) reportMissing(name, target, scope);
      // For a service that was named the selection says what it lacks.
      else if (dependency.required && !enabledByName.has(name)) reportMissing(name, target, scope);
    }
    edges.set(name, existing);
  }
  for (const cycle of findCycles(edges)) {
    const links = cycle.map((from, index) => {
      const to = cycle[(index + 1) % cycle.length] ?? from;
      return { from, to, at: placeInService(scope, from, 'depends_on', to) };
    });
    scope.findings.add(dependencyCycle(links));
  }
}

function reportMissing(name: string, target: string, scope: ConsistencyScope): void {
  const { enabled, disabled } = scope.services;
  if (scope.findings.mayBeDefined('services', target)) return;
  const at = placeInService(scope, name, 'depends_on', target);
  const suggestion = suggestName(scope, target, () => [...Object.keys(enabled), ...Object.keys(disabled)]);
  scope.findings.add(undefinedDependency(name, target, at, disabled[target]?.profiles, suggestion));
}
