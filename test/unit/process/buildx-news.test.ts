import { expect, test } from 'vitest';
import { readBuildxLine } from '../../../src/process/buildx-news.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('steps that begin come before what happens in them, steps that end after it', () => {
  const line = JSON.stringify({
    vertexes: [
      { digest: 'a', name: 'RUN a', started: '2026-01-02T03:04:05Z', completed: '2026-01-02T03:04:06Z' },
      { digest: 'b', name: 'RUN b', started: '2026-01-02T03:04:05Z', completed: '2026-01-02T03:04:05Z', cached: true },
      { digest: 'c', name: 'RUN c', started: '2026-01-02T03:04:05Z', error: 'exit code: 1' },
      { digest: 'd', name: 'RUN d' },
    ],
    statuses: [{ id: 'sha256:1', vertex: 'a', current: 1, total: 2 }],
    logs: [{ vertex: 'a', stream: 2, data: base64('said\n') }],
    warnings: [{ short: base64('odd'), detail: [base64('why')], url: 'x', range: [{ start: { line: 3 } }] }],
  });
  const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
  expect(readBuildxLine(line)).toEqual([
    { kind: 'step', step: 'd', name: 'RUN d', state: 'waiting' },
    { kind: 'transfer', step: 'a', part: 'sha256:1', current: 1, total: 2 },
    { kind: 'output', step: 'a', stream: 'stderr', text: 'said\n' },
    { kind: 'warning', text: 'odd', details: ['why'], address: 'x', line: 3 },
    { kind: 'step', step: 'a', name: 'RUN a', state: 'done', startedAt, endedAt: startedAt + 1000 },
    { kind: 'step', step: 'b', name: 'RUN b', state: 'cached', startedAt, endedAt: startedAt },
    { kind: 'step', step: 'c', name: 'RUN c', state: 'failed', startedAt, error: 'exit code: 1' },
  ]);
});

test('words are no status', () => {
  expect(readBuildxLine('ERROR: no such builder')).toBeUndefined();
  expect(readBuildxLine('{ half')).toBeUndefined();
});
