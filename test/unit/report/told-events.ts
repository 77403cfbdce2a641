import type { EventBody, NodeIdentity, NodeOutcome, TopsailEvent } from '../../../src/events/event.ts';
import type { OperationKind } from '../../../src/plan/operation.ts';

/** The moment a told story begins, in milliseconds since the epoch. */
export const storyStart: number = Date.parse('2026-01-02T03:04:05.000Z');

/** Puts the envelope around an event, so many milliseconds after the story began. */
export function at(milliseconds: number, body: EventBody): TopsailEvent {
  return { ...body, version: 1, time: new Date(storyStart + milliseconds).toISOString() };
}

/** A node of a told plan. */
export interface ToldNode extends NodeIdentity {
  readonly needs: readonly string[];
}

const nouns: { readonly [Kind in OperationKind]?: 'network' | 'volume' | 'image' } = {
  'create-network': 'network',
  'remove-network': 'network',
  'create-volume': 'volume',
  'remove-volume': 'volume',
  'pull-image': 'image',
  'push-image': 'image',
  'remove-image': 'image',
};

/** A node named by its operation and resource, such as `create-container web`. */
export function node(
  operation: OperationKind,
  name: string,
  needs: readonly string[] = [],
  more: Partial<NodeIdentity> = {},
): ToldNode {
  const noun = nouns[operation];
  const address = noun === undefined ? (`container:${name}:1` as const) : (`${noun}:${name}` as const);
  return {
    node: `${operation} ${name}`,
    address,
    operation,
    name: noun === undefined ? `p-${name}-1` : name,
    ...(noun === undefined ? { service: name } : {}),
    cause: 'not created yet',
    needs,
    ...more,
  };
}

/** The plan event of some nodes. */
export function planOf(...nodes: readonly ToldNode[]): TopsailEvent {
  return at(0, { type: 'plan', project: 'p', nodes });
}

/** The events of one node that runs from one moment to another. */
export function run(
  told: ToldNode,
  from: number,
  to: number,
  outcome: NodeOutcome = 'done',
  message?: string,
): readonly TopsailEvent[] {
  const { needs: _, ...identity } = told;
  return [
    at(from, { type: 'node-started', ...identity }),
    at(to, {
      type: 'node-ended',
      ...identity,
      outcome,
      duration: to - from,
      changed: outcome === 'done',
      ...(message === undefined ? {} : { error: { code: 'x', message, details: [] } }),
    }),
  ];
}
