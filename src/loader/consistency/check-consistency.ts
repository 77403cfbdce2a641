import { secretWithoutSource } from '../../diagnostics/consistency-diagnostics.ts';
import { locateSpan } from '../tree/locate.ts';
import { checkBuild } from './check-build.ts';
import { checkDependencies } from './check-dependencies.ts';
import { checkDeploy } from './check-deploy.ts';
import { checkMounts } from './check-mounts.ts';
import { checkReferences } from './check-references.ts';
import { checkServiceAttributes } from './check-service-attributes.ts';
import type { ConsistencyScope } from './consistency-scope.ts';

/** Checks the enabled services against each other and against what they refer to; finds everything (spec-facts 19.7 to 19.22). */
export function checkConsistency(scope: ConsistencyScope): void {
  for (const [name, service] of Object.entries(scope.services.enabled)) {
    const checked = { name, service };
    checkBuild(checked, scope);
    checkServiceAttributes(checked, scope);
    checkReferences(checked, scope);
    checkDeploy(checked, scope);
    checkMounts(checked, scope);
  }
  checkDependencies(scope);
  for (const [name, secret] of Object.entries(scope.bound.secrets)) {
    if (secret.external === true || secret.file !== undefined || secret.environment !== undefined) continue;
    if (scope.findings.isIncomplete('secrets', name)) continue;
    scope.findings.add(secretWithoutSource(name, locateSpan(scope.tree, ['secrets', name])));
  }
}
