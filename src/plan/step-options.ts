import type { Address } from '../state/address.ts';
import type { Guard, PlanNode } from './plan.ts';

/** What a step on an observed container says beside its deed. */
export interface StepOptions {
  readonly address: Address;
  readonly cause: string;
  readonly needs?: readonly string[];
  readonly guard?: Guard | undefined;
  readonly group?: string;
  readonly timeoutSeconds?: number | undefined;
}

/** Members of a node that are left out when there is nothing to say. */
export function nodeExtras(options: Pick<StepOptions, 'guard' | 'group'>): Pick<PlanNode, 'guard' | 'group'> {
  return {
    ...(options.guard === undefined ? {} : { guard: options.guard }),
    ...(options.group === undefined ? {} : { group: options.group }),
  };
}
