import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlanWalk } from '../../../src/execution/plan-walk.ts';
import type { PlanNode } from '../../../src/plan/plan.ts';
import { latest, step } from '../../fakes/plan-nodes.ts';

function node(name: string, needs: readonly string[] = [], required = true): PlanNode {
  const operation = required
    ? ({ kind: 'start-container', service: name, container: latest(name) } as const)
    : ({
        kind: 'wait-container',
        service: name,
        container: latest(name),
        condition: 'healthy',
        dependents: [],
        required,
      } as const);
  return { ...step('do', name, operation), id: name, needs };
}

const ids = (nodes: readonly PlanNode[]): readonly string[] => nodes.map(({ id }) => id);

describe('createPlanWalk', () => {
  it('begins with the nodes that need nothing', () => {
    const walk = createPlanWalk([node('a'), node('b', ['a']), node('c')]);
    expect(ids(walk.start())).toEqual(['a', 'c']);
  });

  it('makes a node ready when its last prerequisite has ended well', () => {
    const walk = createPlanWalk([node('a'), node('b'), node('c', ['a', 'b'])]);
    walk.start();
    expect(ids(walk.end('a', 'done').ready)).toEqual([]);
    expect(ids(walk.end('b', 'skipped').ready)).toEqual(['c']);
  });

  it('begins a node that only settles once its prerequisites have ended, however they did', () => {
    const settling: PlanNode = { ...node('s', ['a', 'b']), settles: true };
    const walk = createPlanWalk([node('a'), node('b', ['a']), settling, node('c', ['s'])]);
    walk.start();
    expect(ids(walk.wouldBlock('a'))).toEqual(['b']);
    const { ready, ended } = walk.end('a', 'failed');
    expect(ids(ended.map((end) => end.node))).toEqual(['b']);
    expect(ids(ready)).toEqual(['s']);
    expect(ids(walk.end('s', 'skipped').ready)).toEqual(['c']);
  });

  it('blocks everything behind a failed node and names that node', () => {
    const walk = createPlanWalk([node('a'), node('b', ['a']), node('c', ['b']), node('d')]);
    walk.start();
    expect(ids(walk.wouldBlock('a'))).toEqual(['b', 'c']);
    const { ready, ended } = walk.end('a', 'failed');
    expect(ready).toEqual([]);
    expect(ended.map((end) => [end.node.id, end.outcome, end.blockedBy])).toEqual([
      ['b', 'blocked', 'a'],
      ['c', 'blocked', 'a'],
    ]);
  });

  it('aborts what comes after an aborted node', () => {
    const walk = createPlanWalk([node('a'), node('b', ['a'])]);
    walk.start();
    expect(walk.end('a', 'aborted').ended.map(({ outcome }) => outcome)).toEqual(['aborted']);
  });

  it('skips an optional wait whose service failed, and goes on behind it', () => {
    const walk = createPlanWalk([node('cache'), node('wait', ['cache'], false), node('web', ['wait'])]);
    walk.start();
    expect(walk.wouldBlock('cache')).toEqual([]);
    const { ready, ended } = walk.end('cache', 'failed');
    expect(ended.map(({ outcome }) => outcome)).toEqual(['skipped']);
    expect(ids(ready)).toEqual(['web']);
  });

  it('refuses a need that the plan does not have, two nodes of one name, and a cycle', () => {
    expect(() => createPlanWalk([node('a', ['b'])])).toThrow('a needs b, which the plan does not have');
    expect(() => createPlanWalk([node('a'), node('a')])).toThrow('the plan has two nodes a');
    expect(() => createPlanWalk([node('a', ['b']), node('b', ['a'])])).toThrow('nodes of the plan need each other');
  });

  it('ends every node of any graph exactly once, whatever fails', () => {
    const graphs = fc.array(
      fc.record({ needs: fc.array(fc.nat(30)), outcome: fc.constantFrom('done', 'failed', 'skipped', 'aborted') }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(graphs, (graph) => {
        const nodes = graph.map(({ needs }, at) =>
          node(String(at), [...new Set(needs.filter((need) => need < at).map(String))]),
        );
        const walk = createPlanWalk(nodes);
        const ended: string[] = [];
        const ran = new Set<string>();
        const queue = [...walk.start()];
        for (const next of queue) {
          expect(next.needs.every((need) => ran.has(need))).toBe(true);
          const outcome = graph[Number(next.id)]?.outcome ?? 'done';
          ended.push(next.id);
          if (outcome === 'done' || outcome === 'skipped') ran.add(next.id);
          const step = walk.end(next.id, outcome);
          ended.push(...step.ended.map((end) => end.node.id));
          queue.push(...step.ready);
        }
        expect(ended.toSorted()).toEqual(ids(nodes).toSorted());
      }),
    );
  });
});
