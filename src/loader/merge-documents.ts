import { mergeKindMismatch } from '../diagnostics/merge-diagnostics.ts';
import type { DocumentNode, MappingEntry, MappingNode, SequenceNode } from '../document/node.ts';
import type { NodeOrigin } from '../document/node-origin.ts';
import type { Findings } from './findings.ts';
import { asBuild, asHostList, asList, asNamedMapping, startedDependency } from './merge-forms.ts';
import { type MergeRule, mergeRules } from './merge-rules.ts';
import { isNull, memberOf, memberText, replacing, sequenceNode, textOf } from './tree/nodes.ts';
import { type PathRules, rulesBelow } from './tree/path-rules.ts';
import { sameValue } from './tree/plain-value.ts';

/** Merges a later document onto the model so far (spec-facts section 10). Neither input is changed. */
export function mergeDocuments(base: MappingNode, later: MappingNode, findings: Findings): MappingNode {
  return mergeMappings(base, later, '', mergeRules, findings);
}

/** Merges a service onto the one it extends. `name` is the extending service. */
export function mergeServices(base: MappingNode, later: MappingNode, name: string, findings: Findings): MappingNode {
  const rules = rulesBelow(rulesBelow(mergeRules, 'services'), name);
  return mergeMappings(base, later, `services.${name}`, rules, findings);
}

function mergeMappings(
  base: MappingNode,
  later: MappingNode,
  path: string,
  rules: PathRules<MergeRule> | undefined,
  findings: Findings,
): MappingNode {
  if (later.entries.size === 0) return base;
  const entries = new Map<string, MappingEntry>(base.entries);
  for (const [key, entry] of later.entries) {
    const known = base.entries.get(key);
    if (known === undefined) {
      entries.set(key, entry);
      continue;
    }
    const next = path === '' ? key : `${path}.${key}`;
    const value = mergeNodes(known.value, entry.value, next, rulesBelow(rules, key), findings);
    entries.set(key, { key, keySpan: value === known.value ? known.keySpan : entry.keySpan, value });
  }
  const merged = { ...base, entries };
  return later.origin?.extended === undefined ? merged : { ...merged, origin: bothOrigins(base, later) };
}

/** A service that two files define extends what either of them says. */
function bothOrigins(base: MappingNode, later: MappingNode): NodeOrigin {
  return { ...base.origin, extended: [...(later.origin?.extended ?? []), ...(base.origin?.extended ?? [])] };
}

function mergeNodes(
  base: DocumentNode,
  later: DocumentNode,
  path: string,
  rules: PathRules<MergeRule> | undefined,
  findings: Findings,
): DocumentNode {
  if (rules?.rule !== undefined) return mergeByRule(rules.rule, base, later, path, rules, findings);
  if (isNull(later)) return base;
  return mergeByKind(base, later, path, rules, findings);
}

function mergeByKind(
  base: DocumentNode,
  later: DocumentNode,
  path: string,
  rules: PathRules<MergeRule> | undefined,
  findings: Findings,
): DocumentNode {
  if (base.kind === 'scalar') return replacing(later, base);
  if (base.kind === 'mapping' && later.kind === 'mapping') return mergeMappings(base, later, path, rules, findings);
  if (base.kind === 'sequence' && later.kind === 'sequence') return append(base, later);
  findings.add(mergeKindMismatch(path, later.span, base.span));
  return base;
}

function append(base: SequenceNode, later: SequenceNode): SequenceNode {
  return { ...base, items: [...base.items, ...later.items] };
}

function mergeByRule(
  rule: MergeRule,
  base: DocumentNode,
  later: DocumentNode,
  path: string,
  rules: PathRules<MergeRule>,
  findings: Findings,
): DocumentNode {
  const merge = (form: (node: DocumentNode) => DocumentNode): DocumentNode =>
    mergeByKind(form(base), form(later), path, rules, findings);
  switch (rule) {
    case 'replace':
      return replacing(later, base);
    case 'list':
      return append(asList(base), asList(later));
    case 'dependencies':
      return merge((node) => asNamedMapping(node, startedDependency));
    case 'names':
      return merge((node) => asNamedMapping(node, null));
    case 'build':
      return isNull(later) ? base : merge(asBuild);
    case 'extra-hosts':
      return mergeHosts(asHostList(base), asHostList(later));
    case 'logging':
      return mergeLogging(base, later, () => mergeByKind(base, later, path, rules, findings));
    case 'pools':
      return mergePools(base, later, path, findings);
  }
}

function mergeHosts(base: SequenceNode, later: SequenceNode): SequenceNode {
  const known = new Set(base.items.map(textOf));
  return append(base, { ...later, items: later.items.filter((item) => !known.has(textOf(item))) });
}

function mergeLogging(base: DocumentNode, later: DocumentNode, deep: () => DocumentNode): DocumentNode {
  if (isNull(later)) return base;
  const before = memberText(base, 'driver');
  const after = memberText(later, 'driver');
  return before === undefined || after === undefined || before === after ? deep() : replacing(later, base);
}

/** Pools of the later file, each laid over the earlier one of its subnet; other earlier pools are dropped. */
function mergePools(base: DocumentNode, later: DocumentNode, path: string, findings: Findings): DocumentNode {
  if (isNull(later)) return base;
  if (base.kind !== 'sequence' || later.kind !== 'sequence' || base.items.length === 0) {
    return mergeByKind(base, later, path, undefined, findings);
  }
  const items = later.items.map((pool) => {
    const subnet = memberOf(pool, 'subnet');
    const known = base.items.find((earlier) => {
      const other = memberOf(earlier, 'subnet');
      return subnet === undefined || other === undefined ? subnet === other : sameValue(subnet, other);
    });
    return known?.kind === 'mapping' && pool.kind === 'mapping'
      ? mergeMappings(known, pool, `${path}.[]`, undefined, findings)
      : pool;
  });
  return { ...sequenceNode(items, later.span), replaced: base };
}
