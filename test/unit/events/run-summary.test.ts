import { describe, expect, it } from 'vitest';
import { TopsailError } from '../../../src/diagnostics/topsail-error.ts';
import type { ExecutionResult, NodeResult } from '../../../src/events/execution-result.ts';
import { identifyNode } from '../../../src/events/node-identity.ts';
import { summarize } from '../../../src/events/run-summary.ts';
import type { PlanNode } from '../../../src/plan/plan.ts';
import { create, start, wait } from '../../fakes/plan-nodes.ts';

function ended(node: PlanNode, rest: Partial<NodeResult> = {}): NodeResult {
  return {
    identity: identifyNode(node),
    outcome: 'done',
    changed: true,
    id: undefined,
    startedAt: 0,
    endedAt: 1,
    error: undefined,
    blockedBy: undefined,
    ...rest,
  };
}

function resultOf(nodes: readonly NodeResult[], rest: Partial<ExecutionResult> = {}): ExecutionResult {
  const outcomes = { done: 0, failed: 0, blocked: 0, aborted: 0, skipped: 0 };
  for (const { outcome } of nodes) outcomes[outcome] += 1;
  return {
    project: 'shop',
    nodes: new Map(nodes.map((node) => [node.identity.node, node])),
    outcomes,
    containers: new Map(),
    changed: true,
    startedAt: 1000,
    endedAt: 5200,
    errors: [],
    aborted: false,
    ...rest,
  };
}

describe('summarize', () => {
  it('counts what was done', () => {
    const network: PlanNode = {
      id: 'n',
      address: 'network:default',
      operation: { kind: 'create-network', key: 'default', request: { Name: 'shop_default' } },
      needs: [],
      cause: '',
    };
    const nodes = [network, create('db'), create('web'), start('db'), start('web'), wait('db', 'healthy')].map((node) =>
      ended(node),
    );
    expect(summarize(resultOf(nodes))).toBe(
      'shop: 1 network created, 2 containers created, 2 containers started in 4.2 s',
    );
  });

  it('counts a replacement once', () => {
    const group = 'recreate container:web:1';
    const stop: PlanNode = {
      ...create('web'),
      id: 's',
      operation: {
        kind: 'stop-container',
        service: 'web',
        container: { kind: 'known', id: 'x', name: 'y' },
        timeoutSeconds: undefined,
      },
    };
    const nodes = [
      { ...create('web'), group },
      { ...stop, group },
    ].map((node) => ended(node));
    expect(summarize(resultOf(nodes))).toBe('shop: 1 container recreated in 4.2 s');
  });

  it('says when there was nothing to do and when nothing changed', () => {
    expect(summarize(resultOf([]))).toBe('shop: nothing to do');
    expect(summarize(resultOf([ended(wait('db', 'healthy'), { changed: false })]))).toBe(
      'shop: nothing changed in 4.2 s',
    );
  });

  it('leads with the first error', () => {
    const errors = [new TopsailError('port-taken', 'service "web" cannot publish port 80')];
    const nodes = [
      ended(start('db')),
      ended(start('web'), { outcome: 'failed' }),
      ended(wait('web', 'running'), { outcome: 'blocked' }),
    ];
    expect(summarize(resultOf(nodes, { errors }))).toBe(
      'shop failed after 4.2 s: service "web" cannot publish port 80 (1 done, 1 failed, 1 blocked)',
    );
  });

  it('says that it was interrupted', () => {
    const nodes = [ended(start('db')), ended(start('web'), { outcome: 'aborted' })];
    expect(summarize(resultOf(nodes, { aborted: true, endedAt: 126_000 }))).toBe(
      'shop interrupted after 2 min 5 s (1 done, 1 aborted)',
    );
  });
});
