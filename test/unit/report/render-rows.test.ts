import { expect, test } from 'vitest';
import { createPainter } from '../../../src/report/painter.ts';
import { renderRows } from '../../../src/report/render-rows.ts';
import type { ResourceRow, RowState } from '../../../src/report/resource-row.ts';

const options = { title: 'up', now: 3000, columns: 60, lines: 20, painter: createPainter(false) };

function row(name: string, state: RowState, more: Partial<ResourceRow> = {}): ResourceRow {
  return {
    address: `container:${name}:1`,
    title: `Container p-${name}-1`,
    service: name,
    state,
    verb: '',
    detail: undefined,
    steps: [],
    startedAt: undefined,
    endedAt: undefined,
    ...more,
  };
}

test('a frame counts what has ended and shows state, cause and time', () => {
  const rows = [
    row('db', 'done', { verb: 'Healthy', startedAt: 0, endedAt: 1500 }),
    row('web', 'waiting', { verb: 'Created', detail: 'waiting for auth to be healthy', startedAt: 1000 }),
  ];
  expect(renderRows(rows, options)).toEqual([
    '[+] up 1/2',
    ' ✔ Container p-db-1  Healthy                            1.5s',
    ' · Container p-web-1 Created waiting for auth to be he… 2.0s',
  ]);
});

test('rows that do not fit are counted, and the failed one stays', () => {
  const rows = [...'abcdef'].map((name) =>
    row(name, name === 'f' ? 'failed' : 'done', { verb: 'x', endedAt: 1, startedAt: 0 }),
  );
  const frame = renderRows(rows, { ...options, lines: 4 });
  expect(frame).toHaveLength(4);
  expect(frame.at(-1)).toBe('   ... 4 more');
  expect(frame.some((line) => line.includes('p-f-1'))).toBe(true);
});

test('no line is wider than the terminal', () => {
  const wide = row('web', 'failed', { verb: 'Error', detail: '界'.repeat(100), startedAt: 0 });
  const [, line = ''] = renderRows([wide], options);
  expect([...line].reduce((width, character) => width + (character === '界' ? 2 : 1), 0)).toBeLessThanOrEqual(60);
});

test.each([10, 20, 40, 79])('a name that is too long for %i columns is cut, and its state and time stay', (columns) => {
  const rows = [
    row('a-name-that-is-longer-than-any-terminal-'.repeat(4), 'working', { verb: 'Starting', startedAt: 0 }),
    row('db', 'waiting', { verb: 'Created', detail: 'waiting for web', startedAt: 0 }),
  ];
  const [, ...lines] = renderRows(rows, { ...options, columns });
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  expect(lines[0]).toMatch(/….*3\.0s$/);
  if (columns > 20) expect(lines[0]).toContain('Starting');
});
