import type { NodeIdentity, NodeOutcome } from '../events/event.ts';
import type { Address } from '../state/address.ts';

/** How a row stands: `waiting` means that some steps are done and the next one may not run yet. */
export type RowState = 'pending' | 'working' | 'waiting' | NodeOutcome;

/** One step of a row. Times are milliseconds since the epoch. */
export interface RowStep {
  readonly identity: NodeIdentity;
  readonly needs: readonly string[];
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: NodeOutcome | undefined;
  /** Last word of the step's progress, such as how much of an image has been moved. */
  readonly progress: string | undefined;
  /** Of a transfer: how much of each layer has been moved, from 0 to 1, by layer. */
  readonly layers: ReadonlyMap<string, number>;
  /** Of a transfer that is done: what the registry calls it by. */
  readonly digest: string | undefined;
  readonly error: string | undefined;
  readonly blockedBy: string | undefined;
}

/** Everything a report shows of one resource: all steps of a plan that share its address. */
export interface ResourceRow {
  readonly address: Address;
  /** `Container p-web-1`. */
  readonly title: string;
  readonly service: string | undefined;
  readonly state: RowState;
  /** The verb of now: `Creating`, `Started`, `Healthy`. */
  readonly verb: string;
  /** Cause of waiting, progress or error. */
  readonly detail: string | undefined;
  readonly steps: readonly RowStep[];
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}
