import { expect, test } from 'vitest';
import type { Timeline, TimelineRow } from '../../../src/events/timeline.ts';
import { createPainter } from '../../../src/report/painter.ts';
import { timelineBars } from '../../../src/report/timeline-bars.ts';
import { renderTimelineHtml } from '../../../src/report/timeline-html.ts';
import { renderTimelineSvg } from '../../../src/report/timeline-svg.ts';
import { renderTimelineText } from '../../../src/report/timeline-text.ts';
import { node } from './told-events.ts';

function row(told: ReturnType<typeof node>, start: number, end: number, waitedFor?: string): TimelineRow {
  const { needs: _, ...identity } = told;
  return { identity, outcome: 'done', ready: start, start, end, waitedFor, critical: told.service !== 'cache' };
}

const dbCreate = node('create-container', 'db');
const dbStart = node('start-container', 'db');
const dbReady = node('wait-container', 'db', [], { condition: 'healthy' });
const webCreate = node('create-container', 'web');
const webStart = node('start-container', 'web');
const timeline: Timeline = {
  project: 'p<&',
  duration: 1000,
  criticalPath: [],
  rows: [
    row(dbCreate, 0, 100),
    row(webCreate, 0, 100),
    row(dbStart, 100, 200, dbCreate.node),
    row(dbReady, 200, 900, dbStart.node),
    row(webStart, 900, 1000, dbReady.node),
  ],
};

test('a bar shows the work, the waiting, and for whom', () => {
  const [, web] = timelineBars(timeline);
  expect(web?.segments).toEqual([
    { kind: 'work', from: 0, to: 100, text: 'Creating' },
    { kind: 'blocked', from: 100, to: 900, text: 'waiting for db to be healthy' },
    { kind: 'work', from: 900, to: 1000, text: 'Starting' },
  ]);
  expect(web?.waits).toEqual([{ bar: 0, at: 900 }]);
});

test('as text every resource is one line of one length', () => {
  const lines = renderTimelineText(timeline, { columns: 100, painter: createPainter(false) }).split('\n');
  expect(lines[0]).toBe('Timeline of p<&: 1.0 s');
  expect(lines[2]).toMatch(/^Container p-web-1 \* \|█+·+█+\| 1\.0 s, waiting for db to be healthy for 800 ms$/);
});

test('the SVG escapes what it is given and needs nothing from outside', () => {
  const svg = renderTimelineSvg(timeline);
  expect(svg).toContain('p&lt;&amp;: 1.0 s');
  expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  expect([...svg.matchAll(/<(rect|text|path)\b/g)].length).toBeGreaterThan(10);
  expect(renderTimelineHtml(timeline)).toContain('<title>Timeline of p&lt;&amp;</title>');
});

test('an execution without steps is an empty picture', () => {
  const nothing: Timeline = { project: 'p', duration: 0, criticalPath: [], rows: [] };
  expect(renderTimelineText(nothing, { columns: 80, painter: createPainter(false) })).toBe('');
  expect(renderTimelineSvg(nothing)).toMatch(/^<svg .*<\/svg>\n$/s);
});
