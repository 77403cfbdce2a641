import type { Builder } from '../engine/builder.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { ModelRunner } from '../engine/model-runner.ts';
import type { OpenProber } from '../engine/prober.ts';
import type { ProviderCommands } from '../engine/provider.ts';
import type { Registry } from '../engine/registry.ts';
import type { EventSink } from '../events/event.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { identifyNode } from '../events/node-identity.ts';
import { summarize } from '../events/run-summary.ts';
import type { Plan } from '../plan/plan.ts';
import { announceNotices } from './announce-notices.ts';
import { Execution } from './execution.ts';
import { createFragileSink } from './fragile-sink.ts';

/** What executing a plan works with. */
export interface ExecutionPorts {
  readonly engine: Engine;
  /** Without one a plan that builds fails with `builder-missing`. */
  readonly builder?: Builder;
  readonly clock: Clock;
  readonly sink: EventSink;
  /** Asked for the tags of a repository when a pull does not find its own. */
  readonly registry?: Pick<Registry, 'tags'>;
  /** Needed only by services that are probed from outside. */
  readonly prober?: OpenProber;
  /** Needed only by services with `provider`. */
  readonly providers?: ProviderCommands;
  /** Needed only by services with `models`. */
  readonly models?: ModelRunner;
}

/** How a plan is to be executed. */
export interface ExecutionOptions {
  readonly signal: AbortSignal;
  /** How many engine calls may be under way at once; default 16. Waits and stops do not count. */
  readonly parallelism?: number;
  /** How many images may be pulled at once (`COMPOSE_PARALLEL_LIMIT`); default: all. */
  readonly pullParallelism?: number;
  /** The caller's answers to the plan's questions, by id; missing ones have their default. */
  readonly confirmations?: ReadonlyMap<string, boolean>;
  /** The longest that any wait may take (`--wait-timeout`), in milliseconds; default: no limit. */
  readonly waitTimeout?: number;
}

/**
 * Executes a plan: every node runs the moment its own prerequisites have ended well, and ends exactly once. Does not reject for what
 * fails on the engine: the result has every node's outcome and the errors. Rejects with a TypeError for a plan that is no DAG of its
 * nodes, and with the error of a sink that throws, after what had begun has ended.
 */
export async function executePlan(
  plan: Plan,
  ports: ExecutionPorts,
  options: ExecutionOptions,
): Promise<ExecutionResult> {
  const { sink, broken } = createFragileSink(ports.sink);
  const emit = createEventStamp(() => ports.clock.now(), sink);
  const execution = new Execution(plan, ports, emit, {
    ...options,
    signal: AbortSignal.any([options.signal, broken]),
  });
  const nodes = plan.nodes.map((node) => ({ ...identifyNode(node), needs: node.needs }));
  emit({ type: 'plan', project: plan.project, nodes });
  announceNotices(plan, emit);
  const result = await execution.run();
  const { project, outcomes, startedAt, endedAt } = result;
  emit({ type: 'summary', project, outcomes, duration: endedAt - startedAt, text: summarize(result) });
  broken.throwIfAborted();
  return result;
}
