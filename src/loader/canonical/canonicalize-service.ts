import type { DocumentNode, MappingNode } from '../../document/node.ts';
import { parseDeviceSpecification } from '../../project/device-specification.ts';
import { asNamedMapping, startedDependency } from '../merge-forms.ts';
import {
  defaultNode,
  isNull,
  madeFrom,
  mapItems,
  mapMembers,
  memberOf,
  nodeFromPlain,
  textOf,
  withDefaultMembers,
  withMember,
} from '../tree/nodes.ts';
import { attempt, type CanonicalScope } from './canonical-scope.ts';
import { canonicalizeBuild } from './canonicalize-build.ts';
import { canonicalizePorts } from './canonicalize-ports.ts';
import { canonicalizeVolume } from './canonicalize-volume.ts';
import { fromText, withoutEmptyTexts, wrapText } from './short-forms.ts';

type Change = (value: DocumentNode, path: string, scope: CanonicalScope) => DocumentNode;

const eachItem =
  (change: Change): Change =>
  (value, path, scope) =>
    value.kind === 'sequence'
      ? mapItems(value, (item, index) => change(item, `${path}.${String(index)}`, scope))
      : value;

const source: Change = (value) => fromText(value, (text) => ({ source: text }));

const changes: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['build', canonicalizeBuild],
  ['depends_on', canonicalizeDependencies],
  ['env_file', canonicalizeEnvironmentFiles],
  ['label_file', wrapText],
  ['extends', (value) => fromText(value, (text) => ({ service: text }))],
  ['gpus', canonicalizeGpus],
  ['networks', (value) => (isNull(value) ? value : asNamedMapping(value, null))],
  ['models', (value) => (isNull(value) ? value : asNamedMapping(value, null))],
  ['volumes', eachItem(canonicalizeVolume)],
  ['devices', eachItem(canonicalizeDevice)],
  ['secrets', eachItem(source)],
  ['configs', eachItem(source)],
  ['ports', canonicalizePorts],
  ['dns', (value, path, scope) => withoutEmptyTexts(wrapText(value, path, scope))],
  ['develop', canonicalizeDevelop],
]);

/** Turns the short forms of one service into long forms. */
export function canonicalizeService(service: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  if (service.kind !== 'mapping') return service;
  return mapMembers(service, (value, name) => changes.get(name)?.(value, `${path}.${name}`, scope) ?? value);
}

function canonicalizeDependencies(value: DocumentNode): DocumentNode {
  const named = isNull(value) ? value : asNamedMapping(value, startedDependency);
  return named.kind === 'mapping' ? mapMembers(named, withRequired) : named;
}

function withRequired(entry: DocumentNode): DocumentNode {
  if (entry.kind !== 'mapping' || memberOf(entry, 'required') !== undefined) return entry;
  return withMember(entry, 'required', defaultNode(true, entry.span));
}

function canonicalizeEnvironmentFiles(value: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  const list = wrapText(value, path, scope);
  if (list.kind !== 'sequence') return list;
  return mapItems(list, (item) => withRequired(fromText(item, (text) => ({ path: text, required: true }))));
}

function canonicalizeGpus(value: DocumentNode): DocumentNode {
  return textOf(value) === 'all' ? madeFrom(nodeFromPlain([{ count: 'all' }], value.span), value) : value;
}

function canonicalizeDevice(item: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  const text = textOf(item);
  if (text === undefined) return item;
  const unwritten = text.split(':').length === 3 ? [] : ['permissions'];
  return attempt(item, path, scope, () => {
    const device = nodeFromPlain({ ...parseDeviceSpecification(text) }, item.span);
    return withDefaultMembers(madeFrom(device, item), unwritten);
  });
}

function canonicalizeDevelop(value: DocumentNode, path: string, scope: CanonicalScope): DocumentNode {
  if (value.kind !== 'mapping') return value;
  const canonicalizeRule = (rule: DocumentNode): DocumentNode =>
    rule.kind === 'mapping'
      ? mapMembers(rule, (member, name) =>
          name === 'ignore' || name === 'include' ? wrapText(member, path, scope) : member,
        )
      : rule;
  return mapMembers(
    value,
    (rules, name): DocumentNode =>
      name === 'watch' && rules.kind === 'sequence' ? mapItems(rules, canonicalizeRule) : rules,
  ) satisfies MappingNode;
}
