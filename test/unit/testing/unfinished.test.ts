import { expect, it } from 'vitest';
import type { TopsailEvent } from '../../../src/events/event.ts';
import { followUnfinished } from '../../../src/testing/unfinished.ts';

it('knows what has begun and not ended, and passes every event on', () => {
  const passed: string[] = [];
  const { sink, words } = followUnfinished(({ type }) => passed.push(type));
  const identity = { version: 1, time: 0, address: 'container:db:1', cause: '', name: 'p-db-1', service: 'db' };
  const tell = (event: object): void => sink(Object.assign<object, object>({ ...identity }, event) as TopsailEvent);
  tell({ type: 'node-started', node: 'start', operation: 'start-container' });
  tell({ type: 'node-started', node: 'wait', operation: 'wait-container' });
  expect(words()).toEqual(['start-container p-db-1', 'wait-container p-db-1']);
  tell({ type: 'node-progress', node: 'wait', operation: 'wait-container', text: 'waiting for db to be healthy' });
  tell({
    type: 'node-ended',
    node: 'start',
    operation: 'start-container',
    outcome: 'done',
    duration: 1,
    changed: true,
  });
  expect(words()).toEqual(['waiting for db to be healthy']);
  expect(passed).toEqual(['node-started', 'node-started', 'node-progress', 'node-ended']);
});
