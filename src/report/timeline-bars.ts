import type { Timeline, TimelineRow } from '../events/timeline.ts';
import { waitingWords } from '../events/waiting-words.ts';
import type { Address } from '../state/address.ts';
import { progressWords, resourceTitle } from './progress-words.ts';

/** What a stretch of a bar shows: a step at work, a wait for readiness, waiting for another resource, a step that failed. */
export type SegmentKind = 'work' | 'ready' | 'blocked' | 'failed';

/** A stretch of time on one bar, in milliseconds since the execution began. */
export interface TimelineSegment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
  /** `Creating`, `waiting for db to be healthy`. */
  readonly text: string;
}

/** One resource's bar. Milliseconds. */
export interface TimelineBar {
  readonly label: string;
  readonly segments: readonly TimelineSegment[];
  /** Whom it waited for, by index among the bars, and when that ended. */
  readonly waits: readonly { readonly bar: number; readonly at: number }[];
  readonly end: number;
  /** Whether one of its steps lies on the chain that made the execution as long as it was. */
  readonly critical: boolean;
}

/** Turns a timeline of steps into a bar a resource. Resources on which nothing ran have none. */
export function timelineBars(timeline: Timeline): readonly TimelineBar[] {
  const byNode = new Map(timeline.rows.map((row) => [row.identity.node, row]));
  const byAddress = new Map<Address, RanRow[]>();
  for (const row of timeline.rows) {
    if (!ran(row)) continue;
    const group = byAddress.get(row.identity.address);
    if (group === undefined) byAddress.set(row.identity.address, [row]);
    else group.push(row);
  }
  const index = new Map([...byAddress.keys()].map((address, at) => [address, at]));
  return [...byAddress.values()].map((rows) => barOf(rows, byNode, index));
}

type RanRow = TimelineRow & { readonly start: number };

function ran(row: TimelineRow): row is RanRow {
  return row.start !== undefined;
}

function barOf(
  rows: readonly RanRow[],
  byNode: ReadonlyMap<string, TimelineRow>,
  index: ReadonlyMap<Address, number>,
): TimelineBar {
  const segments: TimelineSegment[] = [];
  const waits: { readonly bar: number; readonly at: number }[] = [];
  let free = rows[0]?.start ?? 0;
  for (const row of rows) {
    const blocker = row.waitedFor === undefined ? undefined : byNode.get(row.waitedFor);
    if (blocker !== undefined && blocker.identity.address !== row.identity.address) {
      const bar = index.get(blocker.identity.address);
      if (bar !== undefined) waits.push({ bar, at: blocker.end });
      if (blocker.end > free) segments.push({ kind: 'blocked', from: free, to: row.start, text: blockText(blocker) });
    }
    segments.push(segmentOf(row));
    free = Math.max(free, row.end);
  }
  return { label: labelOf(rows), segments, waits, end: free, critical: rows.some((row) => row.critical) };
}

/** A container that is being replaced is created under a temporary name; the shortest name is the final one. */
function labelOf(rows: readonly RanRow[]): string {
  const titles = rows.map((row) => resourceTitle(row.identity));
  return titles.reduce((shortest, title) => (title.length < shortest.length ? title : shortest), titles[0] ?? '');
}

function segmentOf(row: RanRow): TimelineSegment {
  const { operation } = row.identity;
  const kind = row.outcome === 'failed' ? 'failed' : operation === 'wait-container' ? 'ready' : 'work';
  return { kind, from: row.start, to: row.end, text: progressWords(row.identity)?.working ?? operation };
}

function blockText({ identity }: TimelineRow): string {
  const name = identity.service ?? identity.name;
  return identity.condition === undefined ? `waiting for ${name}` : waitingWords(name, identity.condition);
}
