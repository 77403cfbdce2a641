import {
  COLLECTION_STYLE,
  EVENT_ID,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import { mergeTagOf } from './annotate-scalar.ts';
import { maximumDepth, maximumValues } from './limits.ts';
import { addMerged, mergedMappings, setOwn } from './merge-key.ts';
import type { DocumentNode, MappingEntry, MappingNode, ScalarNode, SequenceNode } from './node.ts';
import {
  columnOf,
  decline,
  type QuickReading,
  skipBlanks,
  skipSeparation,
  spanBetween,
  startsLine,
} from './quick-reading.ts';
import { readQuickScalar } from './quick-scalar.ts';

const noPlace = -1;
const comma = 0x2c;
const colon = 0x3a;
const dash = 0x2d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const closingBracket = 0x5d;
const anchorName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** `yaml` refuses keys of more than 1024 characters before the colon. */
const longestKey = 1000;

/** What a reading that was given up goes on with. */
function nothing(reading: QuickReading): ScalarNode {
  decline(reading);
  return { kind: 'scalar', span: spanBetween(reading, 0, 0), value: null, text: '', quoted: false };
}

/** Steps over an indicator such as `:`; anything else there, a tab or an explicit key, is left to the careful reader. */
function takeIndicator(reading: QuickReading, from: number, code: number): void {
  if (reading.source.text.charCodeAt(from) === code) reading.place = from + 1;
  else decline(reading);
}

/** Steps over the dash before an item; all dashes of a list but the first stand below it, alone at the start of a line. */
function takeDash(reading: QuickReading, first: number, column: number): void {
  const { text } = reading.source;
  const at = skipSeparation(text, reading.place);
  takeIndicator(reading, at, dash);
  if (at !== first && !startsLine(text, at, column)) decline(reading);
}

function readAlias(reading: QuickReading, start: number, end: number): DocumentNode {
  const anchored = reading.anchors.get(reading.source.text.slice(start, end));
  if (anchored === undefined || anchored.resets) return nothing(reading);
  reading.size += anchored.size;
  reading.height = anchored.height;
  reading.place = end;
  return anchored.node;
}

/** Where a collection ends: behind its bracket, or with the last thing in it. */
function endOf(reading: QuickReading, event: SequenceEvent | MappingEvent): number {
  if (event.style === COLLECTION_STYLE.BLOCK) return reading.place;
  const { text } = reading.source;
  let at = skipSeparation(text, reading.place);
  if (text.charCodeAt(at) === comma) at = skipSeparation(text, at + 1);
  takeIndicator(reading, at, event.type === EVENT_ID.SEQUENCE ? closingBracket : closingBrace);
  return reading.place;
}

function closeCollection(reading: QuickReading, event: SequenceEvent | MappingEvent, height: number): SourceSpan {
  reading.next += 1;
  reading.size += 1;
  reading.height = height + 1;
  if (reading.height > maximumDepth || reading.size > maximumValues) decline(reading);
  return spanBetween(reading, event.start, endOf(reading, event));
}

/** Whether a collection goes on; its next event is then a child's. */
function hasNext(reading: QuickReading): boolean {
  const event = reading.events[reading.next];
  return event !== undefined && event.type !== EVENT_ID.POP;
}

function readSequence(reading: QuickReading, event: SequenceEvent, tag: string | undefined): SequenceNode {
  const block = event.style === COLLECTION_STYLE.BLOCK;
  const column = block ? columnOf(reading.source.text, event.start) : 0;
  const items: DocumentNode[] = [];
  let height = 0;
  reading.place = block ? event.start : event.start + 1;
  while (hasNext(reading)) {
    if (block) takeDash(reading, event.start, column);
    items.push(readNode(reading, block));
    if (reading.height > height) height = reading.height;
  }
  const span = closeCollection(reading, event, height);
  const mergeTag = mergeTagOf(tag);
  return mergeTag === undefined ? { kind: 'sequence', span, items } : { kind: 'sequence', span, items, mergeTag };
}

/** A key. Undefined for what is no text, has a tag or an anchor, or is an alias. */
function readKey(reading: QuickReading): ScalarNode | undefined {
  const event = reading.events[reading.next];
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart === noPlace) return undefined;
  if (event.anchorStart !== noPlace || event.tagStart !== noPlace) return undefined;
  if (event.valueEnd - event.valueStart > longestKey) return undefined;
  reading.next += 1;
  const key = readQuickScalar(reading, event, undefined);
  if (typeof key.value !== 'string' || key.timestamp === true) return undefined;
  return key;
}

/** Whether a key stands alone inside braces. Of its two events the second one, the empty value, is next. */
function standsAlone(reading: QuickReading): boolean {
  const event = reading.events[reading.next];
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart !== noPlace || isBareProperty(event)) return false;
  const after = reading.source.text.charCodeAt(skipSeparation(reading.source.text, reading.place));
  return after === comma || after === closingBrace;
}

/** Whether comments stand between a colon and a plain scalar; `yaml` then takes the next line for more of it. */
function followsComment(reading: QuickReading): boolean {
  const event = reading.events[reading.next];
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false;
  const { place, source } = reading;
  return event.valueStart > place + 1 && source.text.slice(place, event.valueStart).includes('#');
}

/** The value of a member, behind its colon; a key that stands alone is also the place of its value. */
function readMemberValue(reading: QuickReading, key: ScalarNode, block: boolean): DocumentNode {
  if (!block && standsAlone(reading)) {
    reading.next += 1;
    reading.size += 1;
    reading.height = 0;
    return { kind: 'scalar', span: key.span, value: null, text: '', quoted: false };
  }
  takeIndicator(reading, skipBlanks(reading.source.text, reading.place), colon);
  if (block && followsComment(reading)) return nothing(reading);
  return readNode(reading, block);
}

/** The members of a mapping that is being read. */
interface OpenMapping {
  readonly block: boolean;
  /** Where the first key of a block mapping stands, and that place's column: all other keys stand below it. */
  readonly first: number;
  readonly column: number;
  readonly entries: Map<string, MappingEntry>;
  /** Own keys; absent until a merge key made them differ from those of `entries`. */
  own: Set<string> | undefined;
}

function readMember(reading: QuickReading, open: OpenMapping): void {
  const key = readKey(reading);
  if (key === undefined) return decline(reading);
  const { text } = key;
  const { block, first, column, entries, own } = open;
  const { start } = key.span;
  if (block && start !== first && !startsLine(reading.source.text, start, column)) return decline(reading);
  if ((own ?? entries).has(text)) return decline(reading);
  const value = readMemberValue(reading, key, block);
  if (text !== '<<' || key.quoted) {
    own?.add(text);
    setOwn(entries, { key: text, keySpan: key.span, value });
    return;
  }
  const mappings = mergedMappings(value);
  if (mappings === undefined) return decline(reading);
  open.own = (own ?? new Set(entries.keys())).add(text);
  addMerged(entries, mappings);
}

function readMapping(reading: QuickReading, event: MappingEvent, tag: string | undefined): MappingNode {
  const block = event.style === COLLECTION_STYLE.BLOCK;
  // A pair in a list, `[a: b]`, has no brackets of its own.
  if (!block && reading.source.text.charCodeAt(event.start) !== openingBrace) decline(reading);
  const entries = new Map<string, MappingEntry>();
  const { start } = event;
  const column = block ? columnOf(reading.source.text, start) : 0;
  const open: OpenMapping = { block, first: start, column, entries, own: undefined };
  let height = 0;
  reading.place = block ? start : start + 1;
  while (hasNext(reading)) {
    readMember(reading, open);
    if (reading.height > height) height = reading.height;
  }
  const span = closeCollection(reading, event, height);
  const mergeTag = mergeTagOf(tag);
  return mergeTag === undefined ? { kind: 'mapping', span, entries } : { kind: 'mapping', span, entries, mergeTag };
}

type ValueEvent = ScalarEvent | SequenceEvent | MappingEvent;

function readTag(reading: QuickReading, event: ValueEvent): string | undefined {
  if (event.tagStart === noPlace) return undefined;
  const tag = reading.source.text.slice(event.tagStart, event.tagEnd);
  const mergeTag = mergeTagOf(tag);
  if (mergeTag === undefined) decline(reading);
  if (mergeTag === 'reset') reading.resets += 1;
  reading.place = event.tagEnd;
  return tag;
}

function readValue(reading: QuickReading, event: ValueEvent): DocumentNode {
  const tag = readTag(reading, event);
  if (event.anchorEnd > reading.place) reading.place = event.anchorEnd;
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return readQuickScalar(reading, event, tag);
    case EVENT_ID.SEQUENCE:
      return readSequence(reading, event, tag);
    case EVENT_ID.MAPPING:
      return readMapping(reading, event, tag);
  }
}

function readAnchored(reading: QuickReading, event: ValueEvent): DocumentNode {
  const name = reading.source.text.slice(event.anchorStart, event.anchorEnd);
  if (!anchorName.test(name)) return nothing(reading);
  const { size, resets } = reading;
  reading.anchors.set(name, undefined);
  const node = readValue(reading, event);
  // A node inside may have taken the name over.
  if (reading.anchors.get(name) !== undefined) return node;
  reading.anchors.set(name, {
    node,
    size: reading.size - size,
    height: reading.height,
    resets: reading.resets > resets,
  });
  return node;
}

/** Whether all there is of a value is its tag or anchor. */
function isBareProperty(event: ValueEvent): boolean {
  if (event.type !== EVENT_ID.SCALAR || event.valueStart !== noPlace) return false;
  return event.tagStart !== noPlace || event.anchorStart !== noPlace;
}

/** Reads the node whose events come next. */
function readNode(reading: QuickReading, block: boolean): DocumentNode {
  const event = reading.events[reading.next];
  reading.next += 1;
  if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return nothing(reading);
  if (event.type === EVENT_ID.ALIAS) return readAlias(reading, event.anchorStart, event.anchorEnd);
  if (!block && isBareProperty(event)) return nothing(reading);
  return event.anchorStart === noPlace ? readValue(reading, event) : readAnchored(reading, event);
}

/** Reads the mapping that a document consists of; undefined for anything else and for whatever is out of the ordinary. */
export function readQuickTree(reading: QuickReading): MappingNode | undefined {
  const root = readNode(reading, true);
  return reading.declined || root.kind !== 'mapping' ? undefined : root;
}
