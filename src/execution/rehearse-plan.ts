import type { Clock } from '../engine/clock.ts';
import type { EventSink, NodeOutcome } from '../events/event.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import type { ExecutionResult, NodeResult } from '../events/execution-result.ts';
import { identifyNode } from '../events/node-identity.ts';
import type { Plan } from '../plan/plan.ts';
import { announceNotices } from './announce-notices.ts';
import { evaluateGuard } from './evaluate-guard.ts';

/**
 * Tells the events of a plan's execution as if every step went well and nothing that is pulled or built were new, without
 * asking the engine for anything. Nothing counts as changed.
 */
export function rehearsePlan(
  plan: Plan,
  { clock, sink }: { readonly clock: Clock; readonly sink: EventSink },
  confirmations?: ReadonlyMap<string, boolean>,
): ExecutionResult {
  const emit = createEventStamp(() => clock.now(), sink);
  const time = clock.now();
  emit({
    type: 'plan',
    project: plan.project,
    nodes: plan.nodes.map((node) => ({ ...identifyNode(node), needs: node.needs })),
  });
  announceNotices(plan, emit);
  const nodes = new Map<string, NodeResult>();
  for (const node of plan.nodes) {
    const identity = identifyNode(node);
    const outcome = evaluateGuard(node.guard, nodes, plan, confirmations) ? 'done' : 'skipped';
    if (outcome === 'done') emit({ type: 'node-started', ...identity });
    emit({ type: 'node-ended', ...identity, outcome, duration: 0, changed: false });
    nodes.set(node.id, { ...resultOf(outcome, time), identity });
  }
  const outcomes = { done: 0, failed: 0, blocked: 0, aborted: 0, skipped: 0 };
  for (const { outcome } of nodes.values()) outcomes[outcome] += 1;
  emit({ type: 'summary', project: plan.project, outcomes, duration: 0, text: `${plan.project}: nothing was changed` });
  const { project } = plan;
  return {
    project,
    nodes,
    outcomes,
    containers: new Map(),
    changed: false,
    startedAt: time,
    endedAt: time,
    errors: [],
    aborted: false,
  };
}

function resultOf(outcome: NodeOutcome, time: number): Omit<NodeResult, 'identity'> {
  return {
    outcome,
    changed: false,
    id: undefined,
    startedAt: time,
    endedAt: time,
    error: undefined,
    blockedBy: undefined,
  };
}
