import type { Builder } from '../engine/builder.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { ModelRunner } from '../engine/model-runner.ts';
import type { OpenProber } from '../engine/prober.ts';
import type { ProviderCommands } from '../engine/provider.ts';
import type { Registry } from '../engine/registry.ts';

/** What every action needs of the outside world. */
export interface ComposePorts {
  readonly engine: Engine;
  /** Builds images; without one a plan that builds fails. */
  readonly builder?: Builder;
  readonly clock: Clock;
  /** Asked for the tags of a repository when a pull does not find its own. */
  readonly registry?: Pick<Registry, 'tags'>;
  /** Reaches containers from outside; needed only by services with `x-topsail: {ready: ...}`. */
  readonly prober?: OpenProber;
  /** Runs the programs of services with `provider`. */
  readonly providers?: ProviderCommands;
  /** Serves what services with `models` use. */
  readonly models?: ModelRunner;
}
