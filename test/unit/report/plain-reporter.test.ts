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
    ' Network p_default Creating',
    ' Network p_default Created',
    ' Container p-web-1 Creating',
    ' Container p-web-1 Created',
    ' Container p-web-1 Starting',
    ' Container p-web-1 Started',
    ' Container p-web-1 Waiting',
    ' Container p-web-1 Healthy',
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
    ' Container p-web-1 Recreate',
    ' Container p-web-1 Recreated',
    ' Container p-web-1 Starting',
    ' Container p-web-1 Started',
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
  expect(report(events)).toEqual([' Container p-web-1 Creating', ' Container p-web-1 Error the name is taken']);
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
    ]),
  ).toEqual([' Container p-web-1 Running', ' Container p-job-1 has completed and runs once only']);
});
