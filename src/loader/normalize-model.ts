import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import { parseSwitch } from '../project/boolean-words.ts';
import { addImpliedDependencies } from './implied-dependencies.ts';
import { resolveBareNames } from './resolve-bare-names.ts';
import { type TracedLookup, wholeUse } from './traced-lookup.ts';
import {
  changeMember,
  defaultNode,
  entryOf,
  isNull,
  madeFrom,
  mapMembers,
  mappingNode,
  memberOf,
  memberText,
  scalarNode,
  withMember,
  withUnwritten,
  withUses,
} from './tree/nodes.ts';

/** What normalisation needs beside the model. */
export interface NormalizeScope {
  readonly projectName: string;
  /** The environment of the whole project. */
  readonly lookup: TracedLookup;
}

const namedSections = ['networks', 'volumes', 'configs', 'secrets'] as const;

/** Makes explicit what a model leaves unsaid (spec-facts 18.3 to 18.13). */
export function normalizeModel(model: MappingNode, scope: NormalizeScope): MappingNode {
  const services = changeMember(model, 'services', (section) =>
    section.kind === 'mapping'
      ? mapMembers(section, (service) => (service.kind === 'mapping' ? normalizeService(service, scope) : service))
      : section,
  );
  return namedSections.reduce(
    (changed, section) => changeMember(changed, section, (resources) => nameResources(resources, scope)),
    addDefaultNetwork(services),
  );
}

function normalizeService(service: MappingNode, scope: NormalizeScope): MappingNode {
  const explicit = mapMembers(service, (value, name) => {
    switch (name) {
      case 'build':
        return normalizeBuild(value, scope.lookup);
      case 'pull_policy':
        return memberText(service, name) === 'if_not_present'
          ? madeFrom(scalarNode('missing', value.span), value)
          : value;
      default:
        return value;
    }
  });
  return addImpliedDependencies(joinDefaultNetwork(explicit));
}

function joinDefaultNetwork(service: MappingNode): MappingNode {
  const networks = memberOf(service, 'networks');
  const joined = networks?.kind === 'mapping' && networks.entries.size > 0;
  const apart = !isNull(memberOf(service, 'network_mode')) || !isNull(memberOf(service, 'provider'));
  if (joined || apart) return service;
  const span = networks?.span ?? { ...service.span, end: service.span.start };
  const membership = mappingNode(new Map([['default', entryOf('default', defaultNode(null, span))]]), span);
  return withMember(service, 'networks', networks === undefined ? withUnwritten(membership, 'default') : membership);
}

function addDefaultNetwork(model: MappingNode): MappingNode {
  const services = memberOf(model, 'services');
  if (services?.kind !== 'mapping') return model;
  const user = [...services.entries.values()].find(
    (entry) => memberOf(memberOf(entry.value, 'networks'), 'default') !== undefined,
  );
  const networks = memberOf(model, 'networks');
  if (user === undefined || memberOf(networks, 'default') !== undefined) return model;
  const span = memberOf(memberOf(user.value, 'networks'), 'default')?.span ?? user.value.span;
  const known = networks?.kind === 'mapping' ? networks : unwrittenMapping(span);
  return withMember(model, 'networks', withMember(known, 'default', unwrittenMapping(span)));
}

function unwrittenMapping(span: SourceSpan): MappingNode {
  return { ...mappingNode(new Map(), span), origin: { unwritten: 'default' } };
}

function normalizeBuild(build: DocumentNode, lookup: TracedLookup): DocumentNode {
  if (build.kind !== 'mapping') return build;
  const resolved = changeMember(build, 'args', (args) => resolveBareNames(args, lookup, 'drop'));
  const named = ['dockerfile', 'dockerfile_inline'].some((name) => memberOf(resolved, name) !== undefined);
  return named ? resolved : withMember(resolved, 'dockerfile', defaultNode('Dockerfile', resolved.span));
}

function nameResources(resources: DocumentNode, { projectName, lookup }: NormalizeScope): DocumentNode {
  if (resources.kind !== 'mapping') return resources;
  return mapMembers(resources, (value, key) => {
    const resource = value.kind === 'mapping' ? value : mappingNode(new Map(), value.span);
    if ((memberText(resource, 'name') ?? '') !== '') return resource;
    const external = memberOf(resource, 'external');
    const isExternal = external?.kind === 'scalar' && parseSwitch(String(external.value)) === true;
    if (isExternal) return withMember(resource, 'name', defaultNode(key, resource.span));
    const name = defaultNode(`${projectName}_${key}`, resource.span);
    return withMember(resource, 'name', withUses(name, wholeUse('COMPOSE_PROJECT_NAME', lookup.sourceOf)));
  });
}
