import type { DesiredProvider } from '../state/desired-provider.ts';
import type { DesiredService, DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { ImageVerdict } from './assess-images.ts';
import type { NetworkVerdict } from './assess-networks.ts';
import type { ServiceVerdict } from './assess-replicas.ts';
import type { VolumeVerdict } from './assess-volumes.ts';
import type { Guard } from './plan.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { StartableReplica } from './startable-replica.ts';
import type { UpPolicy } from './up-policy.ts';

/** Everything the steps of an `up` are made from: what is wanted, what is there, and what becomes of it. */
export interface UpWork {
  readonly desired: DesiredState;
  readonly observed: ObservedState;
  readonly policy: UpPolicy;
  /** In scope, dependencies first. */
  readonly services: readonly ServiceVerdict[];
  readonly networks: ReadonlyMap<string, NetworkVerdict>;
  readonly volumes: ReadonlyMap<string, VolumeVerdict>;
  readonly images: ReadonlyMap<string, ImageVerdict>;
  /** Provided services in scope. */
  readonly providers: readonly DesiredProvider[];
  readonly draft: PlanDraft;
}

/** A replica of a service of the file, once the nodes that make it what it shall be are in the plan. */
export interface PreparedReplica extends StartableReplica {
  readonly service: DesiredService;
  /** Of a replacement whose old container stays until the new one has proved itself: how its steps are labelled. */
  readonly replaces: ReplacementStep | undefined;
}

/** What the steps of one replacement have in common. */
export interface ReplacementStep {
  readonly cause: string;
  readonly guard: Guard | undefined;
  readonly group: string;
}
