import { setMaxListeners } from 'node:events';
import type { TopsailError } from '../diagnostics/topsail-error.ts';
import type { EventBody, NodeIdentity, NodeOutcome } from '../events/event.ts';
import type { EmitEvent } from '../events/event-stamp.ts';
import type { ExecutionResult, NodeResult } from '../events/execution-result.ts';
import { identifyNode, serviceOf } from '../events/node-identity.ts';
import type { Operation } from '../plan/operation.ts';
import type { Plan, PlanNode } from '../plan/plan.ts';
import type { Address } from '../state/address.ts';
import { buildEvent } from './build-events.ts';
import { type CallSignal, createCallSignal } from './call-signal.ts';
import { type ContainerWatches, createContainerWatches } from './container-watches.ts';
import { createLivenessCheck, isConnectionFault } from './engine-liveness.ts';
import { evaluateGuard } from './evaluate-guard.ts';
import type { ExecutionOptions, ExecutionPorts } from './execute-plan.ts';
import { nodeFailure } from './node-failure.ts';
import { engineLost } from './operation-failures.ts';
import type { Lane, Step, StepResult } from './operation-handler.ts';
import { operationHandlers } from './operation-handlers.ts';
import { createPlanWalk, type ImpliedEnd, type PlanWalk } from './plan-walk.ts';
import { resolveTarget } from './resolve-target.ts';
import { createSlots, type Slots } from './slots.ts';

const defaultParallelism = 16;
const stopParallelism = 128;

/** A handler seen without its kind. */
interface AnyHandler {
  readonly lane: Lane;
  run(operation: Operation, step: Step): Promise<StepResult>;
}

/** How a node ended, before it is recorded. */
interface NodeEnd {
  readonly outcome: NodeOutcome;
  readonly startedAt?: number;
  readonly result?: StepResult;
  readonly error?: TopsailError | undefined;
  readonly blockedBy?: string | undefined;
}

/** One execution of a plan: owns its event subscription and its limits, runs once. */
export class Execution {
  readonly #plan: Plan;
  readonly #ports: ExecutionPorts;
  readonly #emit: EmitEvent;
  readonly #options: ExecutionOptions;
  readonly #lost = new AbortController();
  readonly #signal: AbortSignal;
  readonly #calls: CallSignal;
  readonly #walk: PlanWalk;
  readonly #watches: ContainerWatches;
  readonly #isAlive: () => Promise<boolean>;
  readonly #lanes: { readonly [Name in Lane]: Slots };
  readonly #results = new Map<string, NodeResult>();
  readonly #containers = new Map<Address, string>();
  readonly #pulled = new Map<string, string>();
  readonly #variables = new Map<string, ReadonlyMap<string, string>>();
  readonly #errors: TopsailError[] = [];
  readonly #runs: Promise<void>[] = [];
  #dead = false;
  #finish: () => void = () => undefined;

  /** Throws a TypeError for a plan that is no DAG of its nodes. */
  constructor(plan: Plan, ports: ExecutionPorts, emit: EmitEvent, options: ExecutionOptions) {
    this.#plan = plan;
    this.#ports = ports;
    this.#emit = emit;
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#lost.signal]);
    setMaxListeners(0, this.#signal);
    this.#walk = createPlanWalk(plan.nodes);
    this.#calls = createCallSignal(ports.clock, options.signal, this.#lost.signal);
    this.#watches = createContainerWatches(ports, plan.project, this.#signal);
    this.#isAlive = createLivenessCheck(ports.engine, ports.clock, options.signal);
    this.#lanes = {
      call: createSlots(options.parallelism ?? defaultParallelism),
      pull: createSlots(options.pullParallelism ?? Number.POSITIVE_INFINITY),
      stop: createSlots(stopParallelism),
      none: createSlots(Number.POSITIVE_INFINITY),
    };
  }

  /** Runs every node to its end. */
  async run(): Promise<ExecutionResult> {
    const startedAt = this.#ports.clock.now();
    const finished = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    const onAbort = (): void => this.#endAll(this.#walk.abandon());
    try {
      this.#finishIfComplete();
      this.#launch(this.#walk.start());
      this.#signal.addEventListener('abort', onAbort, { once: true });
      if (this.#signal.aborted) onAbort();
      await finished;
      await Promise.all(this.#runs);
    } finally {
      this.#signal.removeEventListener('abort', onAbort);
      this.#calls.close();
      await this.#watches.close();
    }
    return this.#result(startedAt);
  }

  #launch(nodes: readonly PlanNode[]): void {
    // Each in a turn of its own, so that a long chain of skipped nodes does not pile up on the stack.
    for (const node of nodes) this.#runs.push(Promise.resolve().then(() => this.#run(node)));
  }

  async #run(node: PlanNode): Promise<void> {
    if (!evaluateGuard(node.guard, this.#results, this.#plan, this.#options.confirmations)) {
      this.#end(node, { outcome: 'skipped' });
      return;
    }
    let startedAt: number | undefined;
    try {
      const handler = handlerOf(node.operation);
      const result = await this.#lanes[handler.lane].run(this.#signal, () => {
        startedAt = this.#ports.clock.now();
        this.#emit({ type: 'node-started', ...identifyNode(node) });
        return this.#runHandler(handler, node);
      });
      this.#remember(node, result);
      this.#end(node, { outcome: result.skipped === true ? 'skipped' : 'done', result, ...started(startedAt) });
    } catch (error) {
      if (this.#signal.aborted) this.#end(node, { outcome: 'aborted', ...started(startedAt) });
      else this.#fail(node, error, startedAt);
    }
  }

  /** A step leaves a recognisable state, so one whose connection broke is done again if the engine is still there. */
  async #runHandler(handler: AnyHandler, node: PlanNode): Promise<StepResult> {
    try {
      return await handler.run(node.operation, this.#stepOf(node, handler));
    } catch (error) {
      if (this.#signal.aborted || !isConnectionFault(error)) throw error;
      this.#dead ||= !(await this.#isAlive());
      if (this.#dead) throw error;
      return handler.run(node.operation, this.#stepOf(node, handler));
    }
  }

  #stepOf(node: PlanNode, { lane }: AnyHandler): Step {
    const { engine, clock, registry, builder, providers, models } = this.#ports;
    return {
      node,
      registry,
      providers,
      models,
      variablesOf: (service) => this.#variables.get(service) ?? new Map(),
      project: this.#plan.project,
      engine,
      builder,
      clock,
      signal: lane === 'call' ? this.#calls.signal : this.#signal,
      watches: this.#watches,
      waitTimeout: this.#options.waitTimeout,
      resolve: (target) => resolveTarget(target, this.#containers, node),
      pulledImage: (reference) => this.#pulled.get(reference),
      progress: (news) => this.#emit({ type: 'node-progress', ...identifyNode(node), ...news }),
      tell: (news) => this.#emit(buildEvent(news, identifyNode(node))),
      warn: (text) => this.#warn(node, text),
    };
  }

  #warn(node: PlanNode, text: string): void {
    const service = serviceOf(node);
    this.#emit({ type: 'warning', text, ...(service === undefined ? {} : { service }) });
  }

  #remember({ operation, address }: PlanNode, { id, variables }: StepResult): void {
    if (operation.kind === 'provide-service' && variables !== undefined)
      this.#variables.set(operation.service, variables);
    if (id === undefined) return;
    if (operation.kind === 'create-container') this.#containers.set(address, id);
    if (operation.kind === 'pull-image' || operation.kind === 'build-image') this.#pulled.set(operation.reference, id);
  }

  #fail(node: PlanNode, cause: unknown, startedAt: number | undefined): void {
    const error = this.#dead ? this.#engineLost(node, cause) : nodeFailure(node, cause, this.#walk.wouldBlock(node.id));
    this.#errors.push(error);
    this.#end(node, { outcome: 'failed', error, ...started(startedAt) });
    if (this.#dead) this.#lost.abort(error);
  }

  #engineLost(node: PlanNode, cause: unknown): TopsailError {
    const ids = this.#plan.nodes.map(({ id }) => id);
    const done = ids.filter((id) => this.#results.get(id)?.outcome === 'done');
    const open = ids.filter((id) => !this.#results.has(id));
    return engineLost({ cause }, this.#ports.engine.description.endpoint, node.id, done, open);
  }

  #end(node: PlanNode, end: NodeEnd): void {
    this.#record(node, end);
    const { ready, ended } = this.#walk.end(node.id, end.outcome);
    this.#endAll(ended);
    this.#launch(ready);
  }

  #endAll(ended: readonly ImpliedEnd[]): void {
    for (const { node, outcome, blockedBy } of ended) {
      if (outcome === 'skipped')
        this.#warn(node, `optional dependency ${serviceOf(node) ?? node.address} is skipped: it could not be started`);
      this.#record(node, { outcome, blockedBy });
    }
  }

  #record(node: PlanNode, { outcome, startedAt, result, error, blockedBy }: NodeEnd): void {
    const endedAt = this.#ports.clock.now();
    const identity = identifyNode(node);
    const changed = result?.changed === true;
    this.#results.set(node.id, {
      identity,
      outcome,
      changed,
      id: result?.id,
      startedAt,
      endedAt,
      error,
      blockedBy,
      ...digestOf(result),
    });
    const duration = startedAt === undefined ? 0 : endedAt - startedAt;
    this.#emit(
      endEvent(identity, { outcome, error, blockedBy, ...(result === undefined ? {} : { result }) }, duration),
    );
    this.#finishIfComplete();
  }

  #finishIfComplete(): void {
    if (this.#results.size === this.#plan.nodes.length) this.#finish();
  }

  #result(startedAt: number): ExecutionResult {
    const nodes = new Map(this.#plan.nodes.flatMap(({ id }) => toEntry(id, this.#results.get(id))));
    const outcomes = { done: 0, failed: 0, blocked: 0, aborted: 0, skipped: 0 };
    for (const { outcome } of nodes.values()) outcomes[outcome] += 1;
    return {
      project: this.#plan.project,
      nodes,
      outcomes,
      containers: this.#containers,
      changed: [...nodes.values()].some(({ changed }) => changed),
      startedAt,
      endedAt: this.#ports.clock.now(),
      errors: this.#errors,
      aborted: this.#options.signal.aborted && outcomes.aborted > 0,
    };
  }
}

/** The handler of an operation's kind, which is given only operations of that kind. */
function handlerOf(operation: Operation): AnyHandler {
  return operationHandlers[operation.kind];
}

function started(startedAt: number | undefined): { readonly startedAt?: number } {
  return startedAt === undefined ? {} : { startedAt };
}

function digestOf(result: StepResult | undefined): { readonly digest?: string } {
  return result?.digest === undefined ? {} : { digest: result.digest };
}

function toEntry(id: string, result: NodeResult | undefined): readonly (readonly [string, NodeResult])[] {
  return result === undefined ? [] : [[id, result]];
}

function endEvent(identity: NodeIdentity, end: NodeEnd, duration: number): EventBody {
  const { outcome, result, error, blockedBy } = end;
  return {
    type: 'node-ended',
    ...identity,
    outcome,
    duration,
    changed: result?.changed === true,
    ...digestOf(result),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message, details: error.details } }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
  };
}
