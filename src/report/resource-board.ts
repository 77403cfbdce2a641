import type { NodeIdentity, TopsailEvent } from '../events/event.ts';
import type { Address } from '../state/address.ts';
import { describeRow } from './describe-row.ts';
import type { ResourceRow, RowStep } from './resource-row.ts';

/** The events of one execution, gathered into one row a resource. */
export interface ResourceBoard {
  /** Takes an event in and gives the address it touched, if any. */
  readonly accept: (event: TopsailEvent) => Address | undefined;
  /** Rows in plan order. */
  readonly rows: () => readonly ResourceRow[];
  readonly row: (address: Address) => ResourceRow | undefined;
}

type PlannedNode = NodeIdentity & { readonly needs: readonly string[] };

/** Starts an empty board. Nodes that no `plan` event announced join it when they start or end. */
export function createResourceBoard(): ResourceBoard {
  const steps = new Map<string, RowStep>();
  const order = new Map<Address, string[]>();
  const enlist = (node: PlannedNode): void => {
    if (steps.has(node.node)) return;
    steps.set(node.node, newStep(node));
    const ids = order.get(node.address);
    if (ids === undefined) order.set(node.address, [node.node]);
    else ids.push(node.node);
  };
  const update = (node: NodeIdentity, change: Partial<RowStep>): Address => {
    enlist({ ...node, needs: [] });
    const known = steps.get(node.node);
    if (known !== undefined) steps.set(node.node, { ...known, ...change });
    return node.address;
  };
  const row = (address: Address): ResourceRow | undefined => {
    const ids = order.get(address);
    return ids === undefined ? undefined : describeRow(address, ids, steps);
  };
  return {
    accept: (event) => {
      if (event.type === 'plan') for (const node of event.nodes) enlist(node);
      const change = changeOf(event);
      return change === undefined ? undefined : update(change.identity, change.step);
    },
    rows: () => [...order.keys()].flatMap((address) => row(address) ?? []),
    row,
  };
}

function newStep(node: PlannedNode): RowStep {
  return {
    identity: node,
    needs: node.needs,
    startedAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    progress: undefined,
    error: undefined,
    blockedBy: undefined,
  };
}

function changeOf(event: TopsailEvent): { identity: NodeIdentity; step: Partial<RowStep> } | undefined {
  const at = Date.parse(event.time);
  if (event.type === 'node-started') return { identity: event, step: { startedAt: at } };
  if (event.type === 'node-progress') return { identity: event, step: { progress: event.text } };
  if (event.type !== 'node-ended') return undefined;
  const { outcome, error, blockedBy } = event;
  return { identity: event, step: { endedAt: at, outcome, error: error?.message, blockedBy, progress: undefined } };
}
