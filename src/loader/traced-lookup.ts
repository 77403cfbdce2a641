import type { VariableSource, VariableUse } from '../document/node-origin.ts';
import { type TemplateUse, templateUses } from '../interpolation/template-uses.ts';

/** Finds the value of a variable; undefined when it is not set. */
export interface TracedLookup {
  (name: string): string | undefined;
  /** Where the value comes from. Only loads that are asked for provenance have it. */
  readonly sourceOf?: SourceLookup;
}

/** Finds where a variable got its value; undefined when it is not set. */
export type SourceLookup = (name: string) => VariableSource | undefined;

/** The variables that went into what a template became; undefined when there are none, or nobody asks. */
export function variableUses(template: string, sourceOf: SourceLookup | undefined): readonly VariableUse[] | undefined {
  if (sourceOf === undefined || !template.includes('$')) return undefined;
  const uses = templateUses(template, (name) => sourceOf(name)?.value);
  return uses.length === 0 ? undefined : uses.map((use) => withSource(use, sourceOf));
}

/** The use of a variable that gives its value as it is; undefined when it is not set, or nobody asks. */
export function wholeUse(name: string, sourceOf: SourceLookup | undefined): readonly VariableUse[] | undefined {
  const source = sourceOf?.(name);
  return source === undefined ? undefined : [{ name, source, taken: 'value' }];
}

function withSource({ name, taken, operand, uses }: TemplateUse, sourceOf: SourceLookup): VariableUse {
  const source = sourceOf(name);
  return {
    name,
    taken,
    ...(source === undefined ? {} : { source }),
    ...(operand === undefined ? {} : { operand }),
    ...(uses.length === 0 ? {} : { uses: uses.map((use) => withSource(use, sourceOf)) }),
  };
}

/** A source of a variable laid over those it has already lost to nobody: the first stays on top, `later` goes below. */
export function overSource(source: VariableSource, later: VariableSource): VariableSource {
  if (isSamePlace(source, later)) return source;
  const overrode = source.overrode === undefined ? later : overSource(source.overrode, later);
  return { ...source, overrode };
}

function isSamePlace(a: VariableSource, b: VariableSource): boolean {
  return a.kind === b.kind && a.span?.source === b.span?.source && a.span?.start === b.span?.start;
}
