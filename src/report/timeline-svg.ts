import type { Timeline } from '../events/timeline.ts';
import { escapeMarkup } from './escape-markup.ts';
import { shortDuration } from './human-duration.ts';
import { type SegmentKind, type TimelineBar, timelineBars } from './timeline-bars.ts';

const layout = { row: 28, bar: 16, top: 44, right: 24, characterWidth: 7.3, plot: 720, bottom: 34 };

const colours: Readonly<Record<SegmentKind, string>> = {
  work: '#2e7d32',
  ready: '#4fc3f7',
  blocked: '#e0e0e0',
  failed: '#c62828',
};

/** A timeline as one self-contained SVG: a bar a resource, and an arrow from what was waited for to who waited. */
export function renderTimelineSvg(timeline: Timeline): string {
  const bars = timelineBars(timeline);
  const labels = 16 + layout.characterWidth * Math.max(0, ...bars.map((bar) => bar.label.length));
  const x = (milliseconds: number): number => labels + (milliseconds / Math.max(1, timeline.duration)) * layout.plot;
  const width = labels + layout.plot + layout.right + 60;
  const height = layout.top + bars.length * layout.row + layout.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels(width)}" height="${pixels(height)}" viewBox="0 0 ${pixels(width)} ${pixels(height)}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#757575"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<text x="12" y="22" font-size="15" font-weight="bold">${escapeMarkup(timeline.project)}: ${shortDuration(timeline.duration)}</text>`,
    ...gridLines(timeline, x, height),
    ...bars.flatMap((bar, index) => barShapes(bar, index, x)),
    ...bars.flatMap((bar, index) => waitArrows(bar, index, x)),
    legend(height),
    '</svg>',
    '',
  ].join('\n');
}

function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function rowTop(index: number): number {
  return layout.top + index * layout.row;
}

function gridLines(timeline: Timeline, x: (at: number) => number, height: number): readonly string[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = share * timeline.duration;
    const left = pixels(x(at));
    return `<path d="M${left} ${String(layout.top - 6)}V${pixels(height - layout.bottom)}" stroke="#eeeeee"/><text x="${left}" y="${String(layout.top - 8)}" fill="#757575" font-size="10" text-anchor="middle">${shortDuration(at)}</text>`;
  });
}

function barShapes(bar: TimelineBar, index: number, x: (at: number) => number): readonly string[] {
  const top = rowTop(index);
  const shapes = bar.segments.map((segment) => {
    const width = Math.max(1.5, x(segment.to) - x(segment.from));
    const tip = `${bar.label}: ${segment.text}, ${shortDuration(segment.to - segment.from)}`;
    return `<rect x="${pixels(x(segment.from))}" y="${String(top)}" width="${pixels(width)}" height="${String(layout.bar)}" rx="2" fill="${colours[segment.kind]}"><title>${escapeMarkup(tip)}</title></rect>`;
  });
  return [
    `<text x="12" y="${String(top + 12)}"${bar.critical ? ' font-weight="bold"' : ''}>${escapeMarkup(bar.label)}</text>`,
    ...shapes,
    `<text x="${pixels(x(bar.end) + 6)}" y="${String(top + 12)}" fill="#757575" font-size="10">${shortDuration(bar.end)}</text>`,
  ];
}

function waitArrows(bar: TimelineBar, index: number, x: (at: number) => number): readonly string[] {
  return bar.waits.map((wait) => {
    const from = rowTop(wait.bar) + layout.bar / 2;
    const to = rowTop(index) + (wait.bar < index ? 0 : layout.bar);
    return `<path d="M${pixels(x(wait.at))} ${pixels(from)}V${pixels(to)}" fill="none" stroke="#757575" marker-end="url(#arrow)"/>`;
  });
}

const legendTexts: readonly (readonly [SegmentKind, string])[] = [
  ['work', 'working'],
  ['ready', 'becoming ready'],
  ['blocked', 'waiting for another'],
  ['failed', 'failed'],
];

function legend(height: number): string {
  const y = height - 12;
  return legendTexts
    .map(
      ([kind, text], index) =>
        `<rect x="${String(12 + index * 160)}" y="${pixels(y - 10)}" width="12" height="12" rx="2" fill="${colours[kind]}"/><text x="${String(30 + index * 160)}" y="${pixels(y)}" fill="#424242">${text}</text>`,
    )
    .join('');
}
