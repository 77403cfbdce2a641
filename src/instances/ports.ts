import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { ProcessTable } from './process-table.ts';

/** What keeping and sweeping copies needs of the outside world. */
export interface InstancePorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly processes: ProcessTable;
}
