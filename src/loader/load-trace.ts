import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode } from '../document/node.ts';
import type { VariableSource, VariableUse } from '../document/node-origin.ts';
import type { Named } from '../project/project.ts';
import type { EnvironmentEntry } from '../source/dotenv.ts';
import { overSource, type SourceLookup, type TracedLookup, variableUses, wholeUse } from './traced-lookup.ts';

/** A value that a later document takes away with `!reset`. */
export interface RemovedNode {
  readonly path: readonly string[];
  readonly removed: DocumentNode;
  /** Where `!reset` is written. */
  readonly at: SourceSpan;
}

/** What a load notes beside its nodes when it is asked for provenance. */
export interface LoadTrace {
  /** Sources of the variables in a set that do not simply come from the process environment. */
  readonly variables: WeakMap<Named<string>, Map<string, VariableSource>>;
  /** Where each included file is named, by its path. */
  readonly inclusions: Map<string, SourceSpan>;
  readonly removed: RemovedNode[];
}

/** A trace in which nothing is noted yet. */
export function startTrace(): LoadTrace {
  return { variables: new WeakMap(), inclusions: new Map(), removed: [] };
}

/** A lookup in `known` that also knows the sources, if there is a trace. */
export function withSources(lookup: TracedLookup, known: Named<string>, trace: LoadTrace | undefined): TracedLookup {
  if (trace === undefined) return lookup;
  const sources = sourcesIn(trace, known);
  const sourceOf: SourceLookup = (name) => {
    const value = lookup(name);
    return value === undefined ? undefined : (sources.get(name) ?? { kind: 'process', value });
  };
  return Object.assign((name: string) => lookup(name), { sourceOf });
}

/** Notes the source of one variable. */
export function noteSource(
  trace: LoadTrace | undefined,
  known: Named<string>,
  name: string,
  source: VariableSource,
): void {
  if (trace !== undefined) sourcesIn(trace, known).set(name, source);
}

/** Notes that a line of an env file gives a variable its value in `added`. `lookup` is what the file is read in. */
export function noteEntry(
  trace: LoadTrace | undefined,
  added: Named<string>,
  entry: EnvironmentEntry,
  lookup: TracedLookup,
): void {
  if (trace === undefined) return;
  const sources = sourcesIn(trace, added);
  const earlier = sources.get(entry.name);
  const uses = entryUses(entry, (name) => lookup.sourceOf?.(name) ?? sources.get(name));
  const source = entrySource(entry, uses);
  sources.set(entry.name, earlier === undefined ? source : overSource(source, earlier));
}

/** Notes that `added` joins `known`, which wins where both have a variable. Before the values do. */
export function noteAdded(trace: LoadTrace | undefined, known: Named<string>, added: Named<string>): void {
  if (trace === undefined) return;
  const sources = sourcesIn(trace, known);
  for (const [name, source] of sourcesIn(trace, added)) {
    const value = known[name];
    if (value === undefined) sources.set(name, source);
    else sources.set(name, overSource(sources.get(name) ?? { kind: 'process', value }, source));
  }
}

/** Notes that `outer` is laid over `added`, the variables of an included project. Before the values are. */
export function noteInherited(trace: LoadTrace | undefined, added: Named<string>, outer: Named<string>): void {
  if (trace === undefined) return;
  const sources = sourcesIn(trace, added);
  const own = new Map(sources);
  for (const [name, source] of sourcesIn(trace, outer)) sources.set(name, source);
  for (const [name, source] of own) {
    const value = outer[name];
    const winner = sourcesIn(trace, outer).get(name) ?? (value === undefined ? undefined : { kind: 'process', value });
    if (winner !== undefined) sources.set(name, overSource(winner, source));
  }
}

/** The line of an env file as the source of its variable. */
export function entrySource(
  { value, span }: Pick<EnvironmentEntry, 'value' | 'span'>,
  uses: readonly VariableUse[] | undefined,
): VariableSource {
  return { kind: 'env-file', value, span, ...(uses === undefined ? {} : { uses }) };
}

/** The variables that went into the value of a line of an env file. */
export function entryUses(
  { name, bare, template }: EnvironmentEntry,
  sourceOf: SourceLookup | undefined,
): readonly VariableUse[] | undefined {
  if (bare === true) return wholeUse(name, sourceOf);
  return template === undefined ? undefined : variableUses(template, sourceOf);
}

function sourcesIn(trace: LoadTrace, known: Named<string>): Map<string, VariableSource> {
  const sources = trace.variables.get(known) ?? new Map<string, VariableSource>();
  trace.variables.set(known, sources);
  return sources;
}
