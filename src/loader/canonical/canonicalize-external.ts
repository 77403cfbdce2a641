import { externalNameConflict, externalNameDeprecated } from '../../diagnostics/value-diagnostics.ts';
import type { DocumentNode } from '../../document/node.ts';
import { isNull, madeFrom, memberOf, memberText, scalarNode, withMember } from '../tree/nodes.ts';
import type { CanonicalScope } from './canonical-scope.ts';

/** Turns `external: {name: x}` of a resource into `external: true` and `name: x` (spec-facts 17.8). */
export function canonicalizeExternal(resource: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  const external = memberOf(resource, 'external');
  if (resource.kind !== 'mapping' || external?.kind !== 'mapping') return resource;
  scope.findings.add(externalNameDeprecated(path, external.span));
  const marked = withMember(resource, 'external', madeFrom(scalarNode(true, external.span), external));
  const name = memberOf(external, 'name');
  const text = memberText(external, 'name');
  if (name === undefined || text === undefined || text === '') return marked;
  const own = memberOf(resource, 'name');
  if (!isNull(own) && memberText(resource, 'name') !== text) {
    scope.findings.add(externalNameConflict(path, own?.span ?? external.span));
  }
  return withMember(marked, 'name', name);
}
