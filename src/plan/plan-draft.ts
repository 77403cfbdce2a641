import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDirectedGraph } from '../graph/directed-graph.ts';
import { topologicalOrder } from '../graph/topological-order.ts';
import { noHooks, type ServiceHooks } from '../state/service-hooks.ts';
import type { StartableService } from '../state/startable-service.ts';
import type { Confirmation, Guard, PlanNode, PlanNotice, PlanResult } from './plan.ts';

/** A plan while it is being made. Nodes may be added in any order and may need nodes that come later. */
export interface PlanDraft {
  /** Adds a node and returns its id. */
  add(node: PlanNode): string;
  get(id: string): PlanNode | undefined;
  /** What a service runs before it stops; nothing for one that is not known. */
  hooksOf(service: string): ServiceHooks;
  /** All nodes so far. */
  nodes(): readonly PlanNode[];
  /** Replaces a node by a version of itself. */
  update(id: string, change: Partial<PlanNode>): void;
  /** Adds prerequisites to a node that exists; unknown and own ids are left out. */
  need(id: string, needs: Iterable<string>): void;
  /** Whether a node runs after another one, which may lie several steps before it. */
  comesAfter(id: string, other: string): boolean;
  setGuard(id: string, guard: Guard | undefined): void;
  notice(notice: PlanNotice): void;
  confirm(confirmation: Confirmation): void;
  report(diagnostic: Diagnostic): void;
  /** The finished plan, in topological order; empty if an error was reported. */
  finish(project: string): PlanResult;
}

/** Starts an empty plan. `services`: those whose hooks run where one of their containers stops. */
export function createPlanDraft(services: readonly Pick<StartableService, 'name' | 'hooks'>[] = []): PlanDraft {
  const hooks = new Map(services.map((service) => [service.name, service.hooks]));
  const nodes = new Map<string, PlanNode>();
  const notices: PlanNotice[] = [];
  const confirmations: Confirmation[] = [];
  const diagnostics: Diagnostic[] = [];
  const update = (id: string, change: Partial<PlanNode>): void => {
    const node = nodes.get(id);
    if (node !== undefined) nodes.set(id, { ...node, ...change });
  };
  return {
    add: (node) => {
      if (nodes.has(node.id)) throw new TypeError(`the plan already has a node ${node.id}`);
      nodes.set(node.id, { ...node, needs: [...new Set(node.needs)] });
      return node.id;
    },
    get: (id) => nodes.get(id),
    hooksOf: (service) => hooks.get(service) ?? noHooks,
    nodes: () => [...nodes.values()],
    update,
    need: (id, needs) => {
      const more = [...needs].filter((need) => need !== id && nodes.has(need));
      update(id, { needs: [...new Set([...(nodes.get(id)?.needs ?? []), ...more])] });
    },
    comesAfter: (id, other) => comesAfter(nodes, id, other),
    setGuard: (id, guard) => {
      const node = nodes.get(id);
      if (node === undefined) return;
      const { guard: _, ...unguarded } = node;
      nodes.set(id, guard === undefined ? unguarded : { ...unguarded, guard });
    },
    notice: (notice) => void notices.push(notice),
    confirm: (confirmation) => void confirmations.push(confirmation),
    report: (diagnostic) => void diagnostics.push(diagnostic),
    finish: (project) => {
      const failed = diagnostics.some(({ severity }) => severity === 'error');
      const sorted = failed ? [] : inOrder(nodes);
      return { plan: { project, nodes: sorted, notices, confirmations: failed ? [] : confirmations }, diagnostics };
    },
  };
}

function inOrder(nodes: ReadonlyMap<string, PlanNode>): readonly PlanNode[] {
  const edges = [...nodes.values()].flatMap(({ id, needs }) => needs.map((need) => ({ from: id, to: need })));
  return topologicalOrder(createDirectedGraph(nodes.keys(), edges)).map((id) => {
    const node = nodes.get(id);
    if (node === undefined) throw new TypeError(`a node needs ${id}, which the plan does not have`);
    return node;
  });
}

function comesAfter(nodes: ReadonlyMap<string, PlanNode>, id: string, other: string): boolean {
  const seen = new Set<string>();
  const pending = [...(nodes.get(id)?.needs ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === other) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(nodes.get(next)?.needs ?? []));
  }
  return false;
}
