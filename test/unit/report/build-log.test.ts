import { expect, test } from 'vitest';
import type { EventBody, NodeIdentity } from '../../../src/events/event.ts';
import { stampEvent } from '../../../src/events/event-stamp.ts';
import { createBuildLog } from '../../../src/report/build-log.ts';
import { RecordedOutput } from './recorded-output.ts';

function building(service: string): NodeIdentity {
  const node = `build image:${service}`;
  return { node, address: `image:${service}`, operation: 'build-image', name: service, service, cause: '--build' };
}

function logged(...events: readonly EventBody[]): readonly string[] {
  const output = new RecordedOutput();
  const log = createBuildLog(output);
  for (const event of events) log.accept(stampEvent(event, 0));
  return output.lines;
}

const ended = { type: 'node-ended', outcome: 'done', duration: 1, changed: true } as const;
const web = building('web');
const api = building('api');

test('steps are numbered, and their output stands below them with its time', () => {
  const run = { step: 'r', title: '[1/2] RUN make' };
  expect(
    logged(
      { type: 'plan', project: 'p', nodes: [{ ...web, needs: [] }] },
      { type: 'build-step', ...web, step: 'l', title: '[internal] load', state: 'running' },
      { type: 'build-transfer', ...web, step: 'l', part: 'transferring context:', current: 2_500_000, duration: 120 },
      { type: 'build-step', ...web, step: 'l', title: '[internal] load', state: 'done', duration: 1240 },
      { type: 'build-step', ...web, ...run, state: 'waiting' },
      { type: 'build-step', ...web, ...run, state: 'running' },
      { type: 'build-output', ...web, step: 'r', stream: 'stdout', text: 'one\ntw', elapsed: 20 },
      { type: 'build-output', ...web, step: 'r', stream: 'stdout', text: 'o\nrest', elapsed: 30 },
      { type: 'build-step', ...web, ...run, state: 'failed', text: 'exit code: 1' },
      { type: 'build-step', ...web, step: 'c', title: '[2/2] COPY . .', state: 'cached' },
      { ...ended, ...web },
    ),
  ).toEqual([
    '#1 [internal] load',
    '#1 transferring context: 2.50MB 0.1s done',
    '#1 DONE 1.2s',
    '',
    '#2 [1/2] RUN make',
    '#2 0.020 one',
    '#2 0.020 two',
    '#2 0.030 rest',
    '#2 ERROR: exit code: 1',
    '',
    '#3 [2/2] COPY . .',
    '#3 CACHED',
  ]);
});

test('a step whose layers came from a cache is a cached one', () => {
  const run = { step: 'r', title: '[1/1] RUN make' };
  expect(
    logged(
      { type: 'plan', project: 'p', nodes: [{ ...web, needs: [] }] },
      { type: 'build-step', ...web, ...run, state: 'cached' },
      { type: 'build-step', ...web, ...run, state: 'running' },
      { type: 'build-transfer', ...web, step: 'r', part: 'sha256:1', current: 2_500_000, duration: 120 },
      { type: 'build-step', ...web, ...run, state: 'done', duration: 400 },
      { type: 'build-step', ...web, ...run, state: 'cached', duration: 500 },
      { ...ended, ...web },
    ),
  ).toEqual(['#1 [1/1] RUN make', '#1 sha256:1 2.50MB 0.1s done', '#1 CACHED']);
});

test('with several builds the titles say which they belong to', () => {
  const nodes = [web, api].map((node) => ({ ...node, needs: [] }));
  expect(
    logged(
      { type: 'plan', project: 'p', nodes },
      { type: 'build-step', ...web, step: 'x', title: '[1/1] RUN a', state: 'done', duration: 0 },
      { type: 'build-step', ...api, step: 'x', title: 'exporting to image', state: 'done', duration: 0 },
      { type: 'build-step', ...web, step: 'x', title: '[1/1] RUN a', state: 'done', duration: 0 },
      { ...ended, ...web },
    ),
  ).toEqual(['#1 [web 1/1] RUN a', '#1 DONE 0.0s', '', '#2 [api] exporting to image', '#2 DONE 0.0s']);
});
