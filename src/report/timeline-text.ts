import type { Timeline } from '../events/timeline.ts';
import { shortDuration } from './human-duration.ts';
import type { Painter } from './painter.ts';
import { padText, textWidth } from './text-width.ts';
import { type SegmentKind, type TimelineBar, timelineBars } from './timeline-bars.ts';

const marks: Readonly<Record<SegmentKind, string>> = { work: '█', ready: '▒', blocked: '·', failed: '✘' };

/** A timeline as text bars, for a terminal of that many columns. */
export function renderTimelineText(
  timeline: Timeline,
  options: { readonly columns: number; readonly painter: Painter },
): string {
  const { painter } = options;
  const bars = timelineBars(timeline);
  if (bars.length === 0) return '';
  const labels = Math.max(...bars.map((bar) => textWidth(bar.label) + 2));
  const width = Math.max(20, Math.min(60, options.columns - labels - 40));
  const lines = bars.map((bar) => {
    const blocked = bar.segments.findLast((segment) => segment.kind === 'blocked');
    const note = blocked === undefined ? '' : `, ${blocked.text} for ${shortDuration(blocked.to - blocked.from)}`;
    return `${padText(`${bar.label}${bar.critical ? ' *' : ''}`, labels)} |${drawBar(bar, timeline.duration, width, painter)}| ${shortDuration(bar.end)}${painter.dim(note)}`;
  });
  const legend = painter.dim(
    `${marks.work} working  ${marks.ready} becoming ready  ${marks.blocked} waiting for another  * on the longest chain`,
  );
  return [`Timeline of ${timeline.project}: ${shortDuration(timeline.duration)}`, ...lines, legend]
    .map((line) => `${line}\n`)
    .join('');
}

function drawBar(bar: TimelineBar, duration: number, width: number, painter: Painter): string {
  const cells: (SegmentKind | undefined)[] = Array.from({ length: width }, () => undefined);
  const scale = duration === 0 ? 0 : width / duration;
  for (const segment of bar.segments) {
    const first = Math.min(width - 1, Math.floor(segment.from * scale));
    const last = Math.max(first, Math.min(width, Math.ceil(segment.to * scale)) - 1);
    cells.fill(segment.kind, first, last + 1);
  }
  return drawRuns(cells, painter);
}

/** Neighbouring cells of one kind are painted at once. */
function drawRuns(cells: readonly (SegmentKind | undefined)[], painter: Painter): string {
  let drawn = '';
  for (let from = 0; from < cells.length; ) {
    const kind = cells[from];
    const next = cells.findIndex((cell, at) => at > from && cell !== kind);
    const to = next === -1 ? cells.length : next;
    drawn += kind === undefined ? ' '.repeat(to - from) : paintMarks(kind, to - from, painter);
    from = to;
  }
  return drawn;
}

function paintMarks(kind: SegmentKind, count: number, painter: Painter): string {
  const text = marks[kind].repeat(count);
  switch (kind) {
    case 'work':
      return painter.green(text);
    case 'ready':
      return painter.cyan(text);
    case 'blocked':
      return painter.dim(text);
    case 'failed':
      return painter.red(text);
  }
}
