import type { Guard } from './plan.ts';

/**
 * The guard under which a node runs that has two reasons to run. No guard wins; two image guards become one over all
 * their nodes; guards of different kinds cannot be joined, so the node runs in any case.
 */
export function mergeGuards(first: Guard | undefined, second: Guard | undefined): Guard | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (first.kind === 'any-changed' && second.kind === 'any-changed') {
    return { kind: 'any-changed', nodes: [...new Set([...first.nodes, ...second.nodes])] };
  }
  if (first.kind === 'confirmed' && second.kind === 'confirmed' && first.question === second.question) return first;
  return undefined;
}
