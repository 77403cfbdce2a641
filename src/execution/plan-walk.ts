import type { NodeOutcome } from '../events/event.ts';
import type { PlanNode } from '../plan/plan.ts';

/** A node that ended because of another one's end. */
export interface ImpliedEnd {
  readonly node: PlanNode;
  readonly outcome: 'blocked' | 'aborted' | 'skipped';
  /** The failed node that blocks it. */
  readonly blockedBy: string | undefined;
}

/** What the end of a node brings about. */
export interface WalkStep {
  /** Nodes whose last prerequisite has now ended well. */
  readonly ready: readonly PlanNode[];
  readonly ended: readonly ImpliedEnd[];
}

/** The bookkeeping of one walk over a plan: who may run, who never will. Linear in nodes and edges over the whole walk. */
export interface PlanWalk {
  /** Nodes without prerequisites. */
  start(): readonly PlanNode[];
  /** Records the end of a node that ran. */
  end(id: string, outcome: NodeOutcome): WalkStep;
  /** The nodes that the failure of this one would block, in the plan's order of discovery. */
  wouldBlock(id: string): readonly PlanNode[];
  /** Ends every node that has not begun. */
  abandon(): readonly ImpliedEnd[];
}

interface Entry {
  readonly node: PlanNode;
  readonly dependents: Entry[];
  missing: number;
  state: 'pending' | 'running' | 'ended';
}

/** Begins a walk. Throws a TypeError if a node needs one that the plan does not have, if two share an id, or if nodes need each other. */
export function createPlanWalk(nodes: readonly PlanNode[]): PlanWalk {
  const entries = index(nodes);
  const entryOf = (id: string): Entry => {
    const entry = entries.get(id);
    if (entry === undefined) throw new TypeError(`the plan has no node ${id}`);
    return entry;
  };
  const begin = (entry: Entry): PlanNode => {
    entry.state = 'running';
    return entry.node;
  };
  return {
    start: () => [...entries.values()].filter(({ missing }) => missing === 0).map(begin),
    end: (id, outcome) => {
      const entry = entryOf(id);
      entry.state = 'ended';
      return spread(entry, outcome, id, begin);
    },
    wouldBlock: (id) => blockedBy(entryOf(id)).map(({ node }) => node),
    abandon: () => {
      const left = [...entries.values()].filter(({ state }) => state === 'pending');
      for (const entry of left) entry.state = 'ended';
      return left.map(({ node }) => ({ node, outcome: 'aborted', blockedBy: undefined }));
    },
  };
}

function index(nodes: readonly PlanNode[]): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const node of nodes) {
    if (entries.has(node.id)) throw new TypeError(`the plan has two nodes ${node.id}`);
    entries.set(node.id, { node, dependents: [], missing: 0, state: 'pending' });
  }
  for (const entry of entries.values()) {
    for (const need of new Set(entry.node.needs)) {
      const prerequisite = entries.get(need);
      if (prerequisite === undefined)
        throw new TypeError(`${entry.node.id} needs ${need}, which the plan does not have`);
      prerequisite.dependents.push(entry);
      entry.missing += 1;
    }
  }
  refuseCycles(entries);
  return entries;
}

function refuseCycles(entries: ReadonlyMap<string, Entry>): void {
  const missing = new Map([...entries.values()].map((entry) => [entry, entry.missing]));
  const free = [...entries.values()].filter((entry) => entry.missing === 0);
  for (const entry of free) {
    for (const dependent of entry.dependents) {
      const left = (missing.get(dependent) ?? 0) - 1;
      missing.set(dependent, left);
      if (left === 0) free.push(dependent);
    }
  }
  if (free.length < entries.size) throw new TypeError('nodes of the plan need each other');
}

/** Carries the end of a node to those that need it, and on from those that end by it: the queue grows while it is read. */
function spread(from: Entry, outcome: NodeOutcome, failed: string, begin: (entry: Entry) => PlanNode): WalkStep {
  const ready: PlanNode[] = [];
  const ended: ImpliedEnd[] = [];
  const queue: { readonly entry: Entry; readonly outcome: NodeOutcome }[] = [{ entry: from, outcome }];
  for (const next of queue) {
    for (const dependent of next.entry.dependents) {
      if (dependent.state !== 'pending') continue;
      if (next.outcome === 'done' || next.outcome === 'skipped' || dependent.node.settles === true) {
        dependent.missing -= 1;
        if (dependent.missing === 0) ready.push(begin(dependent));
        continue;
      }
      dependent.state = 'ended';
      const implied = implies(dependent, next.outcome);
      ended.push({ node: dependent.node, outcome: implied, blockedBy: implied === 'blocked' ? failed : undefined });
      queue.push({ entry: dependent, outcome: implied });
    }
  }
  return { ready, ended };
}

function implies({ node }: Entry, outcome: NodeOutcome): ImpliedEnd['outcome'] {
  if (outcome === 'aborted') return 'aborted';
  return isOptional(node) ? 'skipped' : 'blocked';
}

/** A wait that is not required: what failed before it does not hold up what comes after. */
function isOptional({ operation }: PlanNode): boolean {
  return operation.kind === 'wait-container' && !operation.required;
}

/** Whether the failure of a prerequisite does not block a node. */
function passesOver(node: PlanNode): boolean {
  return isOptional(node) || node.settles === true;
}

function blockedBy(failed: Entry): readonly Entry[] {
  const found = new Set<Entry>();
  const queue = [failed];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const dependent of next.dependents) {
      if (dependent.state !== 'pending' || found.has(dependent) || passesOver(dependent.node)) continue;
      found.add(dependent);
      queue.push(dependent);
    }
  }
  return [...found];
}
