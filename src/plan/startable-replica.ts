import type { Address } from '../state/address.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import type { Guard } from './plan.ts';

/** A replica once the nodes that make it what it shall be are in the plan. */
export interface StartableReplica {
  readonly service: StartableService;
  readonly number: number;
  readonly address: Address;
  /** Its final name. */
  readonly name: string;
  /** The container observed for it. */
  readonly container: ObservedContainer | undefined;
  readonly outcome: 'created' | 'recreated' | 'kept';
  /** Of a recreate that may be skipped. */
  readonly guard: Guard | undefined;
  /** Nodes that must be done before it can start. */
  readonly ready: readonly string[];
}
