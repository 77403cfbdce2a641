import type { NodeIdentity, TopsailEvent } from '../events/event.ts';
import type { Address } from '../state/address.ts';
import { describeRow } from './describe-row.ts';
import type { ResourceRow, RowStep } from './resource-row.ts';
import { layerShare, newsWords, type ProgressNews } from './transfer-words.ts';

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
      const change = changeOf(event, steps);
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
    layers: new Map(),
    digest: undefined,
    error: undefined,
    blockedBy: undefined,
  };
}

function changeOf(
  event: TopsailEvent,
  steps: ReadonlyMap<string, RowStep>,
): { identity: NodeIdentity; step: Partial<RowStep> } | undefined {
  const at = Date.parse(event.time);
  if (event.type === 'node-started') return { identity: event, step: { startedAt: at } };
  if (event.type === 'node-progress') return { identity: event, step: newsOf(event, steps.get(event.node)) };
  if (event.type === 'build-step')
    return event.state === 'running' ? { identity: event, step: { progress: event.title } } : undefined;
  if (event.type !== 'node-ended') return undefined;
  const { outcome, error, blockedBy, digest } = event;
  const ended = { endedAt: at, outcome, error: error?.message, blockedBy, progress: undefined, digest };
  return { identity: event, step: { ...ended, layers: new Map() } };
}

/** What is said of a layer moves its cell; what is said of the whole becomes the words of the step. */
function newsOf(news: ProgressNews, step: RowStep | undefined): Partial<RowStep> {
  if (news.part === undefined) return { progress: newsWords(news) };
  const share = layerShare(news);
  return share === undefined ? {} : { layers: new Map(step?.layers).set(news.part, share) };
}
