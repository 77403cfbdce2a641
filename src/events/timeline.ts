import type { Plan } from '../plan/plan.ts';
import type { NodeIdentity, NodeOutcome } from './event.ts';
import type { ExecutionResult, NodeResult } from './execution-result.ts';

/** One node on the timeline. Times are milliseconds since the execution began. */
export interface TimelineRow {
  readonly identity: NodeIdentity;
  readonly outcome: NodeOutcome;
  /** When its last prerequisite had ended, so that it could run. */
  readonly ready: number;
  /** When it began; undefined if it never did. */
  readonly start: number | undefined;
  readonly end: number;
  /** Whom it waited for: the prerequisite that ended last. */
  readonly waitedFor: string | undefined;
  /** Whether it lies on the chain of nodes that made the execution as long as it was. */
  readonly critical: boolean;
}

/** Who waited for whom, from which a report draws a picture. Milliseconds. */
export interface Timeline {
  readonly project: string;
  readonly duration: number;
  /** In the order in which the nodes began; those that never ran come last. */
  readonly rows: readonly TimelineRow[];
  /** The chain from the first node to the one that ended last; each node waited for the one before. */
  readonly criticalPath: readonly string[];
}

/** Reads from a result who waited for whom. The result must be of this plan. */
export function timeline(result: ExecutionResult, plan: Plan): Timeline {
  const waitedFor = new Map(plan.nodes.map((node) => [node.id, lastOf(node.needs, result.nodes)]));
  const criticalPath = chainTo(lastOf(ran(result), result.nodes), waitedFor);
  const critical = new Set(criticalPath);
  const rows = [...result.nodes.values()].map((node): TimelineRow => {
    const predecessor = waitedFor.get(node.identity.node);
    const readyAt =
      predecessor === undefined ? result.startedAt : (result.nodes.get(predecessor)?.endedAt ?? result.startedAt);
    return {
      identity: node.identity,
      outcome: node.outcome,
      ready: readyAt - result.startedAt,
      start: node.startedAt === undefined ? undefined : node.startedAt - result.startedAt,
      end: node.endedAt - result.startedAt,
      waitedFor: predecessor,
      critical: critical.has(node.identity.node),
    };
  });
  const beginning = ({ start }: TimelineRow): number => start ?? Number.MAX_SAFE_INTEGER;
  rows.sort((one, other) => beginning(one) - beginning(other));
  return { project: result.project, duration: result.endedAt - result.startedAt, rows, criticalPath };
}

function ran(result: ExecutionResult): readonly string[] {
  return [...result.nodes.values()]
    .filter(({ startedAt }) => startedAt !== undefined)
    .map(({ identity }) => identity.node);
}

function lastOf(nodes: readonly string[], results: ReadonlyMap<string, NodeResult>): string | undefined {
  let last: string | undefined;
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const node of nodes) {
    const end = results.get(node)?.endedAt;
    if (end === undefined || end < lastEnd) continue;
    last = node;
    lastEnd = end;
  }
  return last;
}

function chainTo(last: string | undefined, waitedFor: ReadonlyMap<string, string | undefined>): readonly string[] {
  const chain: string[] = [];
  for (let node = last; node !== undefined; node = waitedFor.get(node)) chain.push(node);
  return chain.reverse();
}
