import {
  booleanWordOutdated,
  castFailed,
  expansionTooLong,
  interpolationInvalid,
  variableRequired,
  variableUnset,
  variableUnsetStrict,
} from '../diagnostics/interpolation-diagnostics.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingNode, ScalarNode } from '../document/node.ts';
import { expandTemplate, maximumExpansion } from '../interpolation/expand-template.ts';
import { type CastKind, castRules, castText } from './cast-scalar.ts';
import { Findings } from './findings.ts';
import { type TracedLookup, variableUses } from './traced-lookup.ts';
import { mapItems, mapMembers, replacedBy, withUses } from './tree/nodes.ts';
import { type PathRules, rulesBelow } from './tree/path-rules.ts';

/** What interpolation needs beside the tree. */
export interface InterpolationScope {
  readonly lookup: TracedLookup;
  readonly findings: Findings;
  /** An unset variable without default is an error. */
  readonly strict: boolean;
  /** Takes up the values that could not be read; they stay in the tree as they are written. */
  readonly faulty?: Set<DocumentNode>;
}

/**
 * Replaces the variables in every value of a document and casts texts where the specification wants numbers or
 * booleans (spec-facts sections 6 and 7). Keys stay as they are. Nodes that do not change are shared with the input.
 */
export function interpolateDocument(root: MappingNode, scope: InterpolationScope): MappingNode {
  return mapMembers(root, (value, key) => interpolateNode(value, key, rulesBelow(castRules, key), scope));
}

/** As {@link interpolateDocument} for the value of one top-level member. */
export function interpolateValue(value: DocumentNode, path: string, scope: InterpolationScope): DocumentNode {
  return interpolateNode(value, path, rulesBelow(castRules, path), scope);
}

function interpolateNode(
  node: DocumentNode,
  path: string,
  rules: PathRules<CastKind> | undefined,
  scope: InterpolationScope,
): DocumentNode {
  const alone = interpolateAlone(node, path, rules, scope);
  return node.replaced === undefined || scope.lookup.sourceOf === undefined
    ? alone
    : withReplaced(alone, path, rules, scope);
}

/** What a node replaced within its document, as it would be now. Only provenance asks for it, so its faults do not count. */
function withReplaced(
  node: DocumentNode,
  path: string,
  rules: PathRules<CastKind> | undefined,
  scope: InterpolationScope,
): DocumentNode {
  const silent = { lookup: scope.lookup, strict: false, findings: new Findings() };
  let replaced: DocumentNode | undefined;
  for (const loser of replacedBy(node).toReversed()) {
    const alone = interpolateAlone(loser, path, rules, silent);
    replaced = replaced === undefined ? alone : { ...alone, replaced };
  }
  return replaced === undefined ? node : { ...node, replaced };
}

function interpolateAlone(
  node: DocumentNode,
  path: string,
  rules: PathRules<CastKind> | undefined,
  scope: InterpolationScope,
): DocumentNode {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' && node.timestamp !== true
        ? interpolateText(node, node.value, path, rules?.rule, scope)
        : node;
    case 'sequence':
      return mapItems(node, (item) => interpolateNode(item, `${path}.[]`, rulesBelow(rules, '[]'), scope));
    case 'mapping':
      return mapMembers(node, (value, key) => interpolateNode(value, `${path}.${key}`, rulesBelow(rules, key), scope));
  }
}

function interpolateText(
  node: ScalarNode,
  template: string,
  path: string,
  cast: CastKind | undefined,
  scope: InterpolationScope,
): ScalarNode {
  const text = template.includes('$') ? expand(node, template, path, scope) : template;
  if (text === undefined) {
    scope.faulty?.add(node);
    return node;
  }
  const traced = withUses(node, variableUses(template, scope.lookup.sourceOf));
  if (cast !== undefined) return castNode(traced, cast, text, path, scope);
  return text === template ? traced : { ...traced, value: text, quoted: true };
}

/** The expanded text, or undefined after saying why there is none. */
function expand(node: ScalarNode, template: string, path: string, scope: InterpolationScope): string | undefined {
  const expansion = expandTemplate(template, scope.lookup);
  if (!expansion.valid && expansion.tooLong === true) {
    scope.findings.add(expansionTooLong(path, maximumExpansion, node.span));
    return undefined;
  }
  if (!expansion.valid) {
    scope.findings.add(interpolationInvalid(path, template, placeOf(node, template.slice(expansion.offset))));
    return undefined;
  }
  for (const { name, message } of expansion.missing) {
    scope.findings.add(variableRequired(path, name, message, placeOf(node, `\${${name}`)));
  }
  const report = scope.strict ? variableUnsetStrict : variableUnset;
  for (const name of expansion.unset)
    scope.findings.addOnce(`unset:${name}`, () => report(name, placeOf(node, `$${name}`, `\${${name}`)));
  return expansion.missing.length > 0 ? undefined : expansion.text;
}

/** Where the first of some parts of a scalar's text is written; the whole scalar when escapes or folding hide them. */
function placeOf(node: ScalarNode, ...parts: readonly string[]): SourceSpan {
  const { source, start, end } = node.span;
  const text = source.text.slice(start, end);
  for (const part of parts) {
    const line = part.split('\n', 1)[0] ?? '';
    const at = line === '' ? -1 : text.indexOf(line);
    if (at !== -1) return { source, start: start + at, end: start + at + line.length };
  }
  return node.span;
}

function castNode(node: ScalarNode, kind: CastKind, text: string, path: string, scope: InterpolationScope): ScalarNode {
  try {
    const { value, outdated } = castText(kind, text);
    if (outdated === true) scope.findings.add(booleanWordOutdated(path, text, value === true, node.span));
    return { ...node, value, quoted: false };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    scope.findings.add(castFailed(path, thrown.message, node.span));
    scope.faulty?.add(node);
    return node;
  }
}
