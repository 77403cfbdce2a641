import type { Event } from 'js-yaml';
import type { SourceSpan, SourceText } from '../diagnostics/source-text.ts';
import type { DocumentNode } from './node.ts';

const blank = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const hash = 0x23;

/** A finished node that an anchor names, with what its aliases need to know. */
export interface AnchoredNode {
  readonly node: DocumentNode;
  /** Values in it, aliases expanded, and how deeply they nest; never less than what the careful reader counts. */
  readonly size: number;
  readonly height: number;
  /** Whether a `!reset` stands in it, which its aliases would not see. */
  readonly resets: boolean;
}

/** One document on its way from events to nodes. */
export interface QuickReading {
  readonly source: SourceText;
  readonly events: readonly Event[];
  /** By name; undefined while the node is being read. */
  readonly anchors: Map<string, AnchoredNode | undefined>;
  /** Index of the next event. */
  next: number;
  /** Where the text that was read so far ends. */
  place: number;
  /** Values so far, aliases expanded. */
  size: number;
  /** How deeply the node that was read last nests. */
  height: number;
  /** Times `!reset` was met. */
  resets: number;
  /** Set at the first thing that this reader leaves to the careful one; the rest is then skipped. */
  declined: boolean;
}

/** Gives up: there are no more events from here on. */
export function decline(reading: QuickReading): void {
  reading.declined = true;
  reading.next = reading.events.length;
}

/** A stretch of the text being read. */
export function spanBetween({ source }: QuickReading, start: number, end: number): SourceSpan {
  return { source, start, end };
}

/** The first offset from `from` on that holds no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === blank) at += 1;
  return at;
}

/** The first offset from `from` on that holds neither blanks, line ends nor comments. */
export function skipSeparation(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === blank || code === lineFeed || code === carriageReturn) at += 1;
    else if (code === hash) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else return at;
  }
}

/** How far from the start of its line an offset is. */
export function columnOf(text: string, at: number): number {
  return at === 0 ? 0 : at - 1 - text.lastIndexOf('\n', at - 1);
}

/** Whether there are only blanks before an offset, as many as the column says. */
export function startsLine(text: string, at: number, column: number): boolean {
  for (let before = at - 1; before >= at - column; before -= 1) if (text.charCodeAt(before) !== blank) return false;
  return at === column || text.charCodeAt(at - column - 1) === lineFeed;
}
