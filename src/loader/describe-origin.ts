import type { SourceRange } from '../diagnostics/source-range.ts';
import { type SourceSpan, toSourceRange } from '../diagnostics/source-text.ts';
import type { DocumentNode } from '../document/node.ts';
import type { VariableSource, VariableUse } from '../document/node-origin.ts';
import type { JsonValue } from '../project/project.ts';
import type {
  OverriddenValue,
  Passage,
  ProjectPath,
  ValueOrigin,
  VariableOrigin,
  VariableProvenance,
} from './provenance.ts';

/** One step of the way from the top of a project down to a value. */
export interface TrailStep {
  readonly value: JsonValue;
  /** Absent below the last thing that is written. */
  readonly node?: DocumentNode;
  readonly keySpan?: SourceSpan;
}

/** What the description of origins needs beside the nodes. */
export interface OriginScope {
  /** Where each included file is named, by its path. */
  readonly inclusions: ReadonlyMap<string, SourceSpan>;
}

/** How the value at the end of a trail came about. */
export function describeOrigin(trail: readonly TrailStep[], path: ProjectPath, scope: OriginScope): ValueOrigin {
  const last = trail.at(-1);
  const node = last?.node;
  if (node === undefined) {
    const around = trail.findLast((step) => step.node !== undefined)?.node;
    return { kind: 'default', ...rangeMember(around?.span), variables: [], through: [] };
  }
  const { origin } = node;
  if (origin?.unwritten !== undefined) {
    const variables = (origin.uses ?? []).map(describeUse);
    return { kind: origin.unwritten, ...rangeMember(node.span), variables, through: [] };
  }
  const isScalar = node.kind === 'scalar';
  return {
    kind: 'written',
    ...rangeMember(isScalar ? node.span : (last?.keySpan ?? node.span)),
    ...(isScalar ? { text: textOf(node.span) } : {}),
    ...(isScalar && isPartOfText(trail) ? { shortForm: true } : {}),
    variables: usesAlong(trail).map(describeUse),
    ...(origin?.namedAt === undefined ? {} : { namedAt: toSourceRange(origin.namedAt) }),
    through: passages(node.span, trail, path, scope),
  };
}

/** The origin of the project name, and what it won against. */
export function describeNameOrigin(source: VariableSource): {
  readonly origin: ValueOrigin;
  readonly overrode: readonly OverriddenValue[];
} {
  const overrode: OverriddenValue[] = [];
  for (let next = source.overrode; next !== undefined; next = next.overrode) {
    overrode.push({ path: 'name', value: next.value, origin: nameOrigin(next) });
  }
  return { origin: nameOrigin(source), overrode };
}

function nameOrigin(source: VariableSource): ValueOrigin {
  const { kind, span, uses = [] } = source;
  switch (kind) {
    case 'compose-file':
      return {
        kind: 'written',
        ...rangeMember(span),
        ...(span === undefined ? {} : { text: textOf(span) }),
        variables: uses.map(describeUse),
        through: [],
      };
    case 'process':
    case 'env-file': {
      const { overrode: _, ...alone } = source;
      const use: VariableUse = { name: 'COMPOSE_PROJECT_NAME', taken: 'value', source: alone };
      return { kind: 'environment', variables: [describeUse(use)], through: [] };
    }
    case 'command-line':
    case 'directory':
      return { kind, variables: [], through: [] };
  }
}

/** The variables of a node and of the short form around it. */
function usesAlong(trail: readonly TrailStep[]): readonly VariableUse[] {
  const last = trail.at(-1)?.node;
  const uses = new Set<VariableUse>();
  for (const { node } of trail.toReversed()) {
    if (node === undefined || node.span !== last?.span) break;
    for (const use of node.origin?.uses ?? []) uses.add(use);
  }
  return [...uses];
}

/** Whether the node is a part of what one text gives: what is around it points at the same text. */
function isPartOfText(trail: readonly TrailStep[]): boolean {
  const node = trail.at(-1)?.node;
  const around = trail.at(-2)?.node;
  return node !== undefined && around !== undefined && node.span === around.span;
}

function passages(
  span: SourceSpan,
  trail: readonly TrailStep[],
  path: ProjectPath,
  { inclusions }: OriginScope,
): readonly Passage[] {
  const service = path[0] === 'services' ? trail[2]?.node : undefined;
  const chain = service?.origin?.extended ?? [];
  // What is written in a service far down the chain came through all that extend it.
  const extended = chain.slice(0, chain.findLastIndex(({ within }) => isInside(span, within)) + 1);
  const taken = extended.map(({ service: name, at }): Passage => {
    return { kind: 'extends', service: name, at: toSourceRange(at) };
  });
  return [...taken.toReversed(), ...includesOf(extended[0]?.at ?? span, inclusions)];
}

/** The entries of `include` by which a file is there, innermost first. */
function includesOf(span: SourceSpan, inclusions: OriginScope['inclusions']): readonly Passage[] {
  const places = new Set<SourceSpan>();
  let at = inclusions.get(span.source.name);
  while (at !== undefined && !places.has(at)) {
    places.add(at);
    at = inclusions.get(at.source.name);
  }
  return Array.from(places, (place) => ({ kind: 'include', at: toSourceRange(place) }));
}

function isInside(span: SourceSpan, within: SourceSpan): boolean {
  return span.source === within.source && span.start >= within.start && span.end <= within.end;
}

function describeUse({ name, taken, operand, source, uses = [] }: VariableUse): VariableProvenance {
  return {
    name,
    taken,
    ...(operand === undefined ? {} : { operand }),
    ...(source === undefined ? {} : { source: describeSource(source) }),
    variables: uses.map(describeUse),
  };
}

function describeSource({ kind, value, span, uses = [], overrode }: VariableSource): VariableOrigin {
  return {
    kind,
    value,
    ...rangeMember(span),
    variables: uses.map(describeUse),
    ...(overrode === undefined ? {} : { overrode: describeSource(overrode) }),
  };
}

function rangeMember(span: SourceSpan | undefined): { readonly range?: SourceRange } {
  return span === undefined ? {} : { range: toSourceRange(span) };
}

function textOf({ source, start, end }: SourceSpan): string {
  return source.text.slice(start, end).trimEnd();
}
