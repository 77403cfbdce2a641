import type { Builder, BuildNews } from '../engine/builder.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { ModelRunner } from '../engine/model-runner.ts';
import type { ProviderCommands } from '../engine/provider.ts';
import type { Registry } from '../engine/registry.ts';
import type { ContainerTarget, OperationKind, OperationOf } from '../plan/operation.ts';
import type { PlanNode } from '../plan/plan.ts';
import type { ContainerWatches } from './container-watches.ts';

/** News of a running node: words, and bytes of a transfer. */
export interface StepProgress {
  readonly text: string;
  readonly current?: number;
  readonly total?: number;
  /** Bytes a second. */
  readonly rate?: number;
  readonly part?: string;
}

/** What a handler works with: one node's view of the execution. */
export interface Step {
  readonly node: PlanNode;
  readonly project: string;
  readonly engine: Engine;
  /** Undefined if the caller has none. */
  readonly builder: Builder | undefined;
  readonly clock: Clock;
  /** Tells which tags there are when a pull finds none; undefined where no registry may be asked. */
  readonly registry: Pick<Registry, 'tags'> | undefined;
  /** Ends when the engine is lost and when the execution is aborted; for the lane `call` some seconds after that. */
  readonly signal: AbortSignal;
  /** What is known of containers that are being waited for; shared by all nodes. */
  readonly watches: ContainerWatches;
  /** Longest time of a wait in milliseconds; undefined has no limit. */
  readonly waitTimeout: number | undefined;
  /** Runs programs that provide services; undefined where none may be run. */
  readonly providers: ProviderCommands | undefined;
  /** Serves models; undefined where none can be. */
  readonly models: ModelRunner | undefined;
  /** Variables that the provider of a service has given. */
  readonly variablesOf: (service: string) => ReadonlyMap<string, string>;
  /** The engine id that a target stands for now. Throws an `internal` error if there is none. */
  readonly resolve: (target: ContainerTarget) => string;
  /** Id of the image as a pull or build of this plan left it; undefined if there was none. */
  readonly pulledImage: (reference: string) => string | undefined;
  /** News of a build. */
  readonly tell: (news: BuildNews) => void;
  readonly progress: (news: StepProgress) => void;
  readonly warn: (text: string) => void;
}

/** How a node ended well. A failure is thrown. */
export interface StepResult {
  /** Whether it changed something on the engine. */
  readonly changed: boolean;
  /** Engine id of what it made or acted on. */
  readonly id?: string;
  /** Of a pull, a push, or a build that has pushed: the digest that the registry knows the image by. */
  readonly digest?: string;
  /** Of a provider: variables for the containers that depend on it. */
  readonly variables?: ReadonlyMap<string, string>;
  /** The node did not do its deed and that is no failure; a warning has said why. */
  readonly skipped?: true;
}

/**
 * Which limit a node's run counts against: `call` for short engine calls, `pull` for transfers and builds, `stop` for calls that last
 * as long as a container takes to end, `none` for waits.
 */
export type Lane = 'call' | 'pull' | 'stop' | 'none';

/** How operations of one kind are carried out. */
export interface OperationHandler<Kind extends OperationKind> {
  readonly lane: Lane;
  run(operation: OperationOf<Kind>, step: Step): Promise<StepResult>;
}
