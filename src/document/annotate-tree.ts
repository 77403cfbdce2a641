import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { type SourceSpan, type SourceText, toSourceRange } from '../diagnostics/source-text.ts';
import {
  yamlAliasCycle,
  yamlDuplicateKey,
  yamlExcessiveAliasing,
  yamlMergeValue,
  yamlNonStringKey,
  yamlTagMismatch,
  yamlTooDeep,
  yamlTooLarge,
  yamlUnknownAnchor,
} from '../diagnostics/yaml-diagnostics.ts';
import { annotateScalar, mergeTagOf } from './annotate-scalar.ts';
import { maximumDepth, maximumFaults, maximumValues } from './limits.ts';
import { addMerged, mergedMappings, setOwn, type WinOver } from './merge-key.ts';
import type { DocumentNode, MappingEntry, MappingNode, ScalarNode, SequenceNode } from './node.ts';
import { withoutResets } from './without-resets.ts';
import { lastWritten } from './written-end.ts';

/** The annotated tree of one document; no root if a limit was hit. */
export interface AnnotatedTree {
  readonly root: DocumentNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of a finished collection, aliases expanded. Scalars have size 1 and height 0. */
interface Extent {
  readonly size: number;
  readonly height: number;
  /** Whether a `!reset` stands somewhere below. */
  readonly resets: boolean;
}

interface Anchor {
  readonly path: string;
  readonly span: SourceSpan;
  /** Absent while the anchored node is being built: an alias of it then is a cycle. */
  node?: DocumentNode;
  /** The node as aliases see it, once one asked. */
  aliased?: DocumentNode;
}

/** Everything one document's walk carries along. */
interface Walk {
  readonly source: SourceText;
  readonly anchors: Map<string, Anchor>;
  readonly extents: Map<DocumentNode, Extent>;
  readonly diagnostics: Diagnostic[];
  aliases: number;
  /** Where the text of the node that was annotated last ends: a block collection ends with the last thing in it. */
  end: number;
  /** Set once a limit is hit: what follows would only repeat it. */
  refused: boolean;
}

const scalarExtent: Extent = { size: 1, height: 0, resets: false };

function extentOf(walk: Walk, node: DocumentNode): Extent {
  return walk.extents.get(node) ?? scalarExtent;
}

function spanOf(walk: Walk, range: readonly number[] | null | undefined): SourceSpan {
  const start = range?.[0] ?? 0;
  return { source: walk.source, start, end: Math.max(start, range?.[1] ?? start) };
}

/** `yaml` lets a block scalar end behind its line end. */
function spanOfScalar(walk: Walk, { range, type }: Scalar): SourceSpan {
  const span = spanOf(walk, range);
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return span;
  return { ...span, end: Math.max(span.start, lastWritten(walk.source.text, span.end)) };
}

/** `yaml` lets a block collection end where the next thing begins; it ends here with the last thing in it. */
function spanOfCollection(walk: Walk, { flow, range }: YAMLMap | YAMLSeq): SourceSpan {
  const span = spanOf(walk, range);
  if (flow !== true) return { ...span, end: Math.max(span.start, walk.end) };
  walk.end = span.end;
  return span;
}

function nullAt(span: SourceSpan): ScalarNode {
  return { kind: 'scalar', span, value: null, text: '', quoted: false };
}

function report(walk: Walk, diagnostic: Diagnostic): void {
  if (walk.refused) return;
  walk.diagnostics.push(diagnostic);
  if (walk.diagnostics.length === maximumFaults) walk.refused = true;
}

function refuse(walk: Walk, diagnostic: Diagnostic): void {
  report(walk, diagnostic);
  walk.refused = true;
}

/** Notes how large a finished collection is, and refuses what would be too much for anyone who walks it later. */
function measure<T extends DocumentNode>(walk: Walk, node: T, children: Iterable<DocumentNode>): T {
  let size = 1;
  let height = 0;
  let resets = false;
  for (const child of children) {
    const extent = extentOf(walk, child);
    size += extent.size;
    if (extent.height > height) height = extent.height;
    if (extent.resets || child.mergeTag === 'reset') resets = true;
  }
  walk.extents.set(node, { size, height: height + 1, resets });
  if (height + 1 > maximumDepth) refuse(walk, yamlTooDeep(maximumDepth, node.span));
  if (size > maximumValues) {
    const write = walk.aliases > 0 ? yamlExcessiveAliasing : yamlTooLarge;
    refuse(walk, write(maximumValues, node.span));
  }
  return node;
}

/** A copy of a node is as large as the node. */
function keepExtent(walk: Walk, copy: DocumentNode, node: DocumentNode): DocumentNode {
  const extent = walk.extents.get(node);
  if (extent !== undefined) walk.extents.set(copy, extent);
  return copy;
}

function resolveAlias(walk: Walk, name: string, span: SourceSpan, path: string): DocumentNode {
  walk.aliases += 1;
  const anchor = walk.anchors.get(name);
  if (anchor === undefined) {
    report(walk, yamlUnknownAnchor(name, span, didYouMean(name, walk.anchors.keys())));
    return nullAt(span);
  }
  if (anchor.node === undefined) {
    report(walk, yamlAliasCycle(span, path, anchor.span, anchor.path));
    return nullAt(span);
  }
  if (anchor.aliased === undefined) {
    const extent = extentOf(walk, anchor.node);
    anchor.aliased = extent.resets ? withoutResets(anchor.node) : anchor.node;
    if (extent.resets) walk.extents.set(anchor.aliased, { ...extent, resets: false });
  }
  return anchor.aliased;
}

function annotateText(walk: Walk, scalar: Scalar, path: string): ScalarNode {
  const span = spanOfScalar(walk, scalar);
  walk.end = span.end;
  const text = scalar.source ?? '';
  const plain = scalar.type === 'PLAIN' || scalar.type === undefined;
  const annotated = annotateScalar({ text, tag: scalar.tag, plain }, span);
  if ('node' in annotated) return annotated.node;
  report(walk, yamlTagMismatch(text, annotated.mismatch, span, path));
  return nullAt(span);
}

function annotateSequence(walk: Walk, sequence: YAMLSeq, path: string): SequenceNode {
  const items = sequence.items.map((item, index) => annotate(walk, item, `${path}.${index}`));
  const mergeTag = mergeTagOf(sequence.tag);
  const span = spanOfCollection(walk, sequence);
  const node: SequenceNode =
    mergeTag === undefined ? { kind: 'sequence', span, items } : { kind: 'sequence', span, items, mergeTag };
  return measure(walk, node, items);
}

/** A key as text, or undefined after saying why it is none. */
function annotateKey(walk: Walk, key: unknown, path: string): { text: string; span: SourceSpan } | undefined {
  const node = annotate(walk, key, path);
  const span = isScalar(key) || isAlias(key) ? spanOf(walk, key.range) : node.span;
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.timestamp !== true) {
    return { text: node.value, span };
  }
  const written = walk.source.text.slice(span.start, span.end).trim();
  report(walk, yamlNonStringKey(written === '' ? '<nil>' : written, path, span));
  return undefined;
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN' && (key.tag ?? '!') === '!';
}

function refuseDuplicate(walk: Walk, key: string, path: string, span: SourceSpan, first: SourceSpan): void {
  report(walk, yamlDuplicateKey(key, path, span, first, toSourceRange(first).start.line));
}

function annotatePair(
  walk: Walk,
  pair: Pair,
  path: string,
  own: Map<string, SourceSpan>,
  entries: Map<string, MappingEntry>,
): void {
  const merging = isMergeKey(pair.key);
  const key = merging
    ? { text: '<<', span: spanOf(walk, (pair.key as Scalar).range) }
    : annotateKey(walk, pair.key, path);
  const below = key === undefined || merging ? path : path === '' ? key.text : `${path}.${key.text}`;
  const before = walk.diagnostics.length;
  const winOver: WinOver = (winner, loser) => keepExtent(walk, { ...winner, replaced: loser }, winner);
  const value =
    pair.value === null || pair.value === undefined
      ? nullAt(key?.span ?? spanOf(walk, undefined))
      : annotate(walk, pair.value, below);
  if (key === undefined) return;
  const first = own.get(key.text);
  if (first !== undefined) {
    refuseDuplicate(walk, key.text, below, key.span, first);
    return;
  }
  own.set(key.text, key.span);
  if (!merging) {
    setOwn(entries, { key: key.text, keySpan: key.span, value }, winOver);
    return;
  }
  const mappings = mergedMappings(value);
  // A value that is at fault itself, such as an unknown alias, has had its say.
  if (mappings === undefined && walk.diagnostics.length === before) report(walk, yamlMergeValue(key.span, path));
  if (mappings !== undefined) addMerged(entries, mappings, winOver);
}

function annotateMapping(walk: Walk, map: YAMLMap, path: string): MappingNode {
  const entries = new Map<string, MappingEntry>();
  const own = new Map<string, SourceSpan>();
  for (const pair of map.items) annotatePair(walk, pair, path, own, entries);
  const mergeTag = mergeTagOf(map.tag);
  const span = spanOfCollection(walk, map);
  const node: MappingNode =
    mergeTag === undefined ? { kind: 'mapping', span, entries } : { kind: 'mapping', span, entries, mergeTag };
  return measure(
    walk,
    node,
    Array.from(entries.values(), (entry) => entry.value),
  );
}

function annotateValue(walk: Walk, node: unknown, path: string): DocumentNode {
  if (isMap(node)) return annotateMapping(walk, node, path);
  if (isSeq(node)) return annotateSequence(walk, node, path);
  if (isScalar(node)) return annotateText(walk, node, path);
  return nullAt(spanOf(walk, undefined));
}

function annotate(walk: Walk, node: unknown, path: string): DocumentNode {
  if (walk.refused) return nullAt(spanOf(walk, undefined));
  if (isAlias(node)) {
    const span = spanOf(walk, node.range);
    const aliased = resolveAlias(walk, node.source, span, path);
    walk.end = span.end;
    return aliased;
  }
  const name = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (name === undefined) return annotateValue(walk, node, path);
  const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
  const anchor: Anchor = { path, span: spanOf(walk, range) };
  walk.anchors.set(name, anchor);
  const value = annotateValue(walk, node, path);
  anchor.node = value;
  return value;
}

/** Turns one parsed document into the annotated tree; see {@link parseDocuments} for the rules. */
export function annotateTree(source: SourceText, contents: unknown): AnnotatedTree {
  const walk: Walk = {
    source,
    anchors: new Map(),
    extents: new Map(),
    diagnostics: [],
    aliases: 0,
    end: 0,
    refused: false,
  };
  const root = annotate(walk, contents, '');
  return { root: walk.refused ? undefined : root, diagnostics: walk.diagnostics };
}
