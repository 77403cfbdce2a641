import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Address } from '../state/address.ts';
import type { FieldChange } from '../state/field-change.ts';
import type { Operation } from './operation.ts';

/** A condition on results that are known only on the way. The executor evaluates it; false ends the node as skipped. */
export type Guard =
  /** At least one of the nodes changed something (a pull that brought another image). */
  | { readonly kind: 'any-changed'; readonly nodes: readonly string[] }
  /** The node did not do its deed (a pull that failed, so that the image is built). */
  | { readonly kind: 'unless-done'; readonly node: string }
  /** The build has not pushed what it made. */
  | { readonly kind: 'unless-pushed'; readonly node: string }
  /** The caller confirmed the question. */
  | { readonly kind: 'confirmed'; readonly question: string }
  /** The node `done` did its deed, and of `nodes` at least one failed or was blocked: what was begun has to be taken back. */
  | { readonly kind: 'undone'; readonly done: string; readonly nodes: readonly string[] };

/** One step of a plan. */
export interface PlanNode {
  /** Unique in the plan and stable between runs: the operation's verb and the address, `create container:web:1`. */
  readonly id: string;
  readonly address: Address;
  readonly operation: Operation;
  /** Nodes that must have ended well (done or skipped) before this one runs. */
  readonly needs: readonly string[];
  /** Its prerequisites only have to have ended, however they did: its guard looks at how. */
  readonly settles?: true;
  /** Why it happens, in a few words: `not created yet`, `configuration changed`, `web depends on it`. */
  readonly cause: string;
  /** Of a replacement: exactly what differs. */
  readonly changes?: readonly FieldChange[];
  readonly guard?: Guard;
  /** Nodes that a report shows as one, such as the steps of one recreate: `recreate container:web:1`. */
  readonly group?: string;
}

/** A question with a default answer, for something destructive. */
export interface Confirmation {
  readonly id: string;
  readonly question: string;
  readonly defaultAnswer: boolean;
}

/** Something worth saying that is not a step. */
export interface PlanNotice {
  readonly kind: 'up-to-date' | 'kept' | 'skipped' | 'orphans' | 'warning';
  readonly address?: Address;
  /** The resource's engine name, where `address` names one that stays as it is. */
  readonly name?: string;
  readonly text: string;
}

/** Everything one command will do: a DAG in topological order. Immutable. */
export interface Plan {
  readonly project: string;
  readonly nodes: readonly PlanNode[];
  readonly notices: readonly PlanNotice[];
  readonly confirmations: readonly Confirmation[];
}

/** What planning yields. With errors among the diagnostics the plan is empty and must not be executed. */
export interface PlanResult {
  readonly plan: Plan;
  /** Findings about the file and the engine together, such as a missing external network; `path` leads to the place. */
  readonly diagnostics: readonly Diagnostic[];
}
