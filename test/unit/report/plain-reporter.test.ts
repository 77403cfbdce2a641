import { expect, test } from 'vitest';
import { createPlainReporter } from '../../../src/report/plain-reporter.ts';
import { RecordedOutput } from './recorded-output.ts';
import { at, node, planOf, run } from './told-events.ts';

function report(events: readonly Parameters<ReturnType<typeof createPlainReporter>['sink']>[0][], hideStarts = false) {
  const output = new RecordedOutput();
  const reporter = createPlainReporter(output, { hideStarts });
  for (const event of events) reporter.sink(event);
  return output.lines;
}

test('every step is a pair of lines in the words of Docker Compose', () => {
  const create = node('create-container', 'web');
  const start = node('start-container', 'web', [create.node]);
  const wait = node('wait-container', 'web', [start.node], { condition: 'healthy' });
  const network = node('create-network', 'p_default');
  const events = [
    planOf(network, create, start, wait),
    ...run(network, 0, 1),
    ...run(create, 1, 2),
    ...run(start, 2, 3),
    ...run(wait, 3, 4),
  ];
  expect(report(events)).toEqual([
    ' Network p_default  Creating',
    ' Network p_default  Created',
    ' Container p-web-1  Creating',
    ' Container p-web-1  Created',
    ' Container p-web-1  Starting',
    ' Container p-web-1  Started',
    ' Container p-web-1  Waiting',
    ' Container p-web-1  Healthy',
  ]);
});

test('the steps of a recreate are one pair under the final name, its start another', () => {
  const group = 'recreate container:web:1';
  const create = node('create-container', 'web', [], { name: '0123456789ab_p-web-1', group });
  const stop = node('stop-container', 'web', [create.node], { group });
  const remove = node('remove-container', 'web', [stop.node], { group });
  const rename = node('rename-container', 'web', [remove.node], { group });
  const start = node('start-container', 'web', [rename.node], { group });
  const events = [
    planOf(create, stop, remove, rename, start),
    ...[create, stop, remove, rename, start].flatMap((step, index) => run(step, index, index + 1)),
  ];
  expect(report(events)).toEqual([
    ' Container p-web-1  Recreate',
    ' Container p-web-1  Recreated',
    ' Container p-web-1  Starting',
    ' Container p-web-1  Started',
  ]);
});

test('a failed step says its error, and what never ran says nothing', () => {
  const create = node('create-container', 'web');
  const start = node('start-container', 'web', [create.node]);
  const events = [
    planOf(create, start),
    ...run(create, 0, 1, 'failed', 'the name is taken'),
    at(1, { type: 'node-ended', ...start, outcome: 'blocked', duration: 0, changed: false, blockedBy: create.node }),
  ];
  expect(report(events)).toEqual([' Container p-web-1  Creating', ' Container p-web-1  Error the name is taken']);
});

test('an attached up leaves starts out', () => {
  const start = node('start-container', 'web');
  expect(report([planOf(start), ...run(start, 0, 1)], true)).toEqual([]);
});

test('containers that are up to date are named, networks are not', () => {
  expect(
    report([
      at(0, { type: 'resource-unchanged', address: 'network:default', name: 'p_default', text: 'Exists' }),
      at(0, {
        type: 'resource-unchanged',
        address: 'container:web:1',
        name: 'p-web-1',
        service: 'web',
        text: 'up to date',
      }),
      at(0, {
        type: 'resource-unchanged',
        address: 'container:job:1',
        name: 'p-job-1',
        service: 'job',
        text: 'it has completed and runs once only',
      }),
      at(0, { type: 'resource-unchanged', address: 'container:web:1', name: 'p-web-1', text: 'healthy' }),
    ]),
  ).toEqual([
    ' Container p-web-1  Running',
    ' Container p-job-1  has completed and runs once only',
    ' Container p-web-1  Healthy',
  ]);
});

test('a pull names the phases of its layers, and every few seconds how the whole stands', () => {
  const { needs: _, ...identity } = node('pull-image', 'nginx:1');
  const news = (moment: number, text: string, more: object = {}): ReturnType<typeof at> =>
    at(moment, { type: 'node-progress', ...identity, text, ...more });
  const events = [
    planOf(node('pull-image', 'nginx:1')),
    at(0, { type: 'node-started', ...identity }),
    news(1, 'Pulling from library/nginx', { part: '1' }),
    news(2, 'Downloading', { part: 'a', current: 1, total: 2e6 }),
    news(2, 'Downloading', { current: 1, total: 2e6, rate: 1000 }),
    news(3, 'Downloading', { part: 'a', current: 2, total: 2e6 }),
    news(4000, 'Retrying in 5 seconds', { part: 'a' }),
    news(5000, 'Retrying in 4 seconds', { part: 'a' }),
    news(5100, 'Downloading', { current: 1e6, total: 2e6, rate: 2e5 }),
    news(5200, 'Pull complete', { part: 'a' }),
    at(5300, { type: 'node-ended', ...identity, outcome: 'done', duration: 5300, changed: true, digest: 'sha256:0a' }),
  ];
  expect(report(events)).toEqual([
    ' Image nginx:1  Pulling',
    ' a Downloading 2MB',
    ' a Retrying in 5 seconds',
    ' Image nginx:1 Pulling Downloading 1MB of 2MB, 200kB/s',
    ' a Pull complete',
    ' Image nginx:1  Pulled',
  ]);
});

test('a push tells the digest', () => {
  const { needs: _, ...identity } = node('push-image', 'app:1');
  const ended = { type: 'node-ended', ...identity, outcome: 'done', duration: 5, changed: true } as const;
  expect(report([at(0, { type: 'node-started', ...identity }), at(5, { ...ended, digest: 'sha256:0a' })])).toEqual([
    ' Image app:1  Pushing',
    ' Image app:1  Pushed sha256:0a',
  ]);
});

test('a service without work is one line', () => {
  const text = 'Skipped - No image to be pulled';
  expect(report([at(0, { type: 'resource-unchanged', address: 'service:web', name: 'web', text })])).toEqual([
    ' web Skipped - No image to be pulled',
  ]);
});
