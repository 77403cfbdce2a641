import type { DocumentNode, MappingNode } from '../../document/node.ts';
import { changeMember, mapMembers } from '../tree/nodes.ts';
import type { CanonicalScope } from './canonical-scope.ts';
import { canonicalizeExternal } from './canonicalize-external.ts';
import { canonicalizeService } from './canonicalize-service.ts';

const externalSections = ['volumes', 'networks', 'secrets', 'configs'] as const;

/**
 * Turns every short form of a model into its long form (spec-facts section 17). A short form that cannot be read is
 * noted and stays as it is; with a lenient scope it stays silently, as `--no-interpolate` wants it.
 */
export function canonicalizeModel(model: MappingNode, scope: CanonicalScope): MappingNode {
  const services = changeSection(model, 'services', (service, path) => canonicalizeService(service, path, scope));
  return externalSections.reduce(
    (changed, section) =>
      changeSection(changed, section, (resource, path) => canonicalizeExternal(resource, path, scope)),
    services,
  );
}

function changeSection(
  model: MappingNode,
  section: string,
  change: (resource: DocumentNode, path: string) => DocumentNode,
): MappingNode {
  return changeMember(model, section, (node) =>
    node.kind === 'mapping' ? mapMembers(node, (resource, name) => change(resource, `${section}.${name}`)) : node,
  );
}
