import type { TopsailError } from '../diagnostics/topsail-error.ts';
import type { Address } from '../state/address.ts';
import type { NodeIdentity, NodeOutcome } from './event.ts';

/** How one node of a plan ended. Times are milliseconds since the epoch. */
export interface NodeResult {
  readonly identity: NodeIdentity;
  readonly outcome: NodeOutcome;
  /** Whether it changed something on the engine. */
  readonly changed: boolean;
  /** Engine id of what it made or acted on, where it learnt one. */
  readonly id: string | undefined;
  /** Of a pull, a push, or a build that has pushed: the digest that the registry knows the image by. */
  readonly digest?: string;
  /** When it began to run; undefined if it never did. */
  readonly startedAt: number | undefined;
  readonly endedAt: number;
  /** Of a failed node. */
  readonly error: TopsailError | undefined;
  /** Of a blocked node: the failed one. */
  readonly blockedBy: string | undefined;
}

/** What executing a plan came to. Times are milliseconds since the epoch. */
export interface ExecutionResult {
  readonly project: string;
  /** Every node of the plan, in the plan's order. */
  readonly nodes: ReadonlyMap<string, NodeResult>;
  readonly outcomes: { readonly [Outcome in NodeOutcome]: number };
  /** Engine ids of the containers that were created or adopted, by address. */
  readonly containers: ReadonlyMap<Address, string>;
  /** Whether any node changed something on the engine. */
  readonly changed: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of the failed nodes, in the order in which they failed; the first is the one to show. */
  readonly errors: readonly TopsailError[];
  /** Whether the caller's signal ended it. */
  readonly aborted: boolean;
}
