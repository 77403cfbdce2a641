import { describe, expect, it } from 'vitest';
import type { ExecutionResult, NodeResult } from '../../../src/events/execution-result.ts';
import { identifyNode } from '../../../src/events/node-identity.ts';
import { timeline } from '../../../src/events/timeline.ts';
import type { PlanNode } from '../../../src/plan/plan.ts';
import { create, planOf } from '../../fakes/plan-nodes.ts';

function node(id: string, needs: readonly string[] = []): PlanNode {
  return { ...create(id), id, needs };
}

/** Times are milliseconds after the start at 1000. */
function resultOf(
  runs: readonly (readonly [node: PlanNode, start: number | undefined, end: number])[],
): ExecutionResult {
  const nodes = runs.map(
    ([of, start, end]): NodeResult => ({
      identity: identifyNode(of),
      outcome: start === undefined ? 'blocked' : 'done',
      changed: true,
      id: undefined,
      startedAt: start === undefined ? undefined : 1000 + start,
      endedAt: 1000 + end,
      error: undefined,
      blockedBy: undefined,
    }),
  );
  return {
    project: 'shop',
    nodes: new Map(nodes.map((one) => [one.identity.node, one])),
    outcomes: { done: 0, failed: 0, blocked: 0, aborted: 0, skipped: 0 },
    containers: new Map(),
    changed: true,
    startedAt: 1000,
    endedAt: 1100,
    errors: [],
    aborted: false,
  };
}

describe('timeline', () => {
  const a = node('a');
  const b = node('b');
  const c = node('c', ['a', 'b']);
  const d = node('d', ['a']);

  it('tells who waited for whom and what made it as long as it was', () => {
    const picture = timeline(
      resultOf([
        [c, 41, 100],
        [a, 0, 10],
        [b, 0, 40],
        [d, 10, 20],
      ]),
      planOf([a, b, c, d]),
    );
    expect(picture.criticalPath).toEqual(['b', 'c']);
    expect(picture.duration).toBe(100);
    expect(
      picture.rows.map(({ identity, ready, start, end, waitedFor, critical }) => [
        identity.node,
        ready,
        start,
        end,
        waitedFor,
        critical,
      ]),
    ).toEqual([
      ['a', 0, 0, 10, undefined, false],
      ['b', 0, 0, 40, undefined, true],
      ['d', 10, 10, 20, 'a', false],
      ['c', 40, 41, 100, 'b', true],
    ]);
  });

  it('lists nodes that never ran last', () => {
    const picture = timeline(
      resultOf([
        [c, undefined, 40],
        [a, 0, 10],
        [b, 0, 40],
      ]),
      planOf([a, b, c]),
    );
    expect(picture.rows.map(({ identity, start }) => [identity.node, start])).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', undefined],
    ]);
    expect(picture.criticalPath).toEqual(['b']);
  });

  it('is empty for an empty plan', () => {
    expect(timeline(resultOf([]), planOf([]))).toMatchObject({ rows: [], criticalPath: [] });
  });
});
