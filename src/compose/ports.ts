import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';

/** What every action needs of the outside world. */
export interface ComposePorts {
  readonly engine: Engine;
  readonly clock: Clock;
}
