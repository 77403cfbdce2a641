import type { TopsailEvent } from '../../src/events/event.ts';
import type { ExecutionResult, NodeResult } from '../../src/events/execution-result.ts';
import { executePlan } from '../../src/execution/execute-plan.ts';
import { createMemoryEngine, type MemoryEngine } from '../../src/memory-engine/create-memory-engine.ts';
import type { MemoryEngineOptions } from '../../src/memory-engine/memory-options.ts';
import type { Operation } from '../../src/plan/operation.ts';
import type { PlanNode } from '../../src/plan/plan.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { planOf, step } from './plan-nodes.ts';

/** One operation at a time on an engine of its own. */
export interface HandlerRig {
  readonly engine: MemoryEngine;
  readonly clock: ManualClock;
  readonly events: TopsailEvent[];
  /** Executes one operation, with time going on for up to a minute. */
  readonly perform: (operation: Operation) => Promise<NodeResult>;
  /** Executes nodes likewise. */
  readonly execute: (
    nodes: readonly PlanNode[],
    options?: { readonly waitTimeout?: number },
  ) => Promise<ExecutionResult>;
  readonly warnings: () => readonly string[];
}

/** Makes a rig. The image `busybox` is there. */
export function createHandlerRig(options: MemoryEngineOptions = {}): HandlerRig {
  const clock = createManualClock();
  const engine = createMemoryEngine({ images: ['busybox'], now: () => clock.now(), ...options });
  const events: TopsailEvent[] = [];
  const ports = { engine, clock, sink: (event: TopsailEvent): void => void events.push(event) };
  const execute: HandlerRig['execute'] = async (nodes, rest = {}) => {
    const running = executePlan(planOf(nodes), ports, { signal: new AbortController().signal, ...rest });
    await clock.advance(60_000);
    return running;
  };
  return {
    engine,
    clock,
    events,
    execute,
    perform: async (operation) => {
      const result = await execute([step('do', 'web', operation)]);
      const [node] = result.nodes.values();
      if (node === undefined) throw new Error('the node did not end');
      return node;
    },
    warnings: () => events.flatMap((event) => (event.type === 'warning' ? [event.text] : [])),
  };
}

/** An error as a test compares it: code, message and details. */
export function errorText({ error }: NodeResult): readonly string[] {
  return error === undefined ? [] : [error.code, error.message, ...error.details];
}
