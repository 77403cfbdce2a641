import { expect, test } from 'vitest';
import type { TopsailEvent } from '../../../src/events/event.ts';
import { rehearsePlan } from '../../../src/execution/rehearse-plan.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { create, planOf, start, wait } from '../../fakes/plan-nodes.ts';

test('every step is told as if it went well, in the order of the plan, and nothing counts as changed', () => {
  const events: TopsailEvent[] = [];
  const plan = planOf([create('db'), start('db'), wait('db', 'healthy')]);
  const result = rehearsePlan(plan, { clock: createManualClock(), sink: (event) => void events.push(event) });
  expect(result).toMatchObject({ changed: false, aborted: false, outcomes: { done: 3 } });
  expect(events.map((event) => ('node' in event ? `${event.type} ${event.node}` : event.type))).toEqual([
    'plan',
    'node-started create container:db:1',
    'node-ended create container:db:1',
    'node-started start container:db:1',
    'node-ended start container:db:1',
    'node-started wait healthy container:db:1',
    'node-ended wait healthy container:db:1',
    'summary',
  ]);
});

test('what depends on an answer, on a pull, or on a failure is skipped unless the answer is yes', () => {
  const guarded = [
    { ...create('a'), guard: { kind: 'any-changed', nodes: ['pull'] } },
    { ...create('b'), guard: { kind: 'confirmed', question: 'sure' } },
    { ...create('c'), guard: { kind: 'undone', done: 'create container:b:1', nodes: ['create container:a:1'] } },
  ] as const;
  const rehearse = (answers: ReadonlyMap<string, boolean>) =>
    [
      ...rehearsePlan(planOf(guarded), { clock: createManualClock(), sink: () => undefined }, answers).nodes.values(),
    ].map(({ outcome }) => outcome);
  expect(rehearse(new Map())).toEqual(['skipped', 'skipped', 'skipped']);
  expect(rehearse(new Map([['sure', true]]))).toEqual(['skipped', 'done', 'skipped']);
});
