import type { ContainerInspect } from '../engine/container.ts';
import type { NetworkAddress } from '../engine/prober.ts';

/** One container of a service, as it was when the stack was last looked at. */
export interface Replica {
  /** Engine id. */
  readonly id: string;
  readonly name: string;
  /** Replica number, from 1. */
  readonly number: number;
  readonly inspect: ContainerInspect;
}

/** Where a port of a service answers from here. */
export interface Endpoint extends NetworkAddress {
  /** The container's own port. */
  readonly containerPort: number;
  /** Whether it is published on the engine's host, or reached at the container's own address. */
  readonly published: boolean;
}
