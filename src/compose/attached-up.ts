import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { LogSource, TopsailEvent } from '../events/event.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { timeline } from '../events/timeline.ts';
import { inspectEnded } from '../execution/inspect-ended.ts';
import { killedForMemory } from '../execution/killed-for-memory.ts';
import type { LogLine } from '../follow/log-line.ts';
import type { ContainerExit } from '../follow/monitor-exits.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { attachNames } from './attach-names.ts';
import { carryOutUp } from './carry-out-up.ts';
import { checkStartable } from './check-startable.ts';
import { requireSuccess } from './execution-failure.ts';
import { followProject, type ProjectFollowing } from './follow-project.ts';
import type { ComposePorts } from './ports.ts';
import { type PreparedUp, prepareUp } from './prepare-up.ts';
import type { ProjectReference } from './project-reference.ts';
import { stopOrKill } from './stop-or-kill.ts';
import { tellWarnings } from './tell-warnings.ts';
import type { ActionResult } from './up.ts';
import type { UpOptions } from './up-options.ts';

/** What an attached `up` may be told beyond `up`. */
export interface AttachedUpOptions extends UpOptions {
  /** Ends it by stopping the services it started, last ones first; `ended` then says `interrupted`. */
  readonly signal: AbortSignal;
  /** Ends it without stopping anything, once everything is up; `ended` then says `detached`. */
  readonly detach?: AbortSignal;
  /** Aborted while the services are being stopped: ends them at once. */
  readonly force?: AbortSignal;
  /** Services whose lines are shown. */
  readonly shown: readonly string[];
  /** Called once, before the first start, with the names of the containers that are attached to. */
  readonly onAttach: (names: readonly string[]) => void;
  /** Further lines wait for the promise it gives, if it does. */
  readonly onLine: (line: LogLine) => Promise<void> | undefined;
  readonly onExit: (exit: ContainerExit) => void;
  /** Called when somebody else makes a container in place of one that is followed. */
  readonly onRecreate?: (source: LogSource) => void;
  /** Called with what the plan came to, as soon as it has ended well. */
  readonly onUp?: (result: ActionResult) => Promise<void> | void;
  /** Called before the services are stopped. */
  readonly onStopping?: () => void;
  readonly onWarning?: (text: string) => void;
  /** Stop everything at the first exit, or at the first exit with another code than 0. */
  readonly abortOn?: 'exit' | 'failure';
  /** Give this service's exit code as that of the whole. */
  readonly exitCodeFrom?: string;
}

/** How an attached `up` ended. */
export interface AttachedUpResult {
  readonly ended: 'all-exited' | 'aborted-on-exit' | 'interrupted' | 'detached';
  /** Of the first exit that counts under `abortOn` or `exitCodeFrom`, else 0. */
  readonly exitCode: number;
}

/**
 * Brings a project up and stays with it until every container has exited or the signal asks to stop. Throws as `up`, and
 * `job-failed` if a container that is not restarted ended by itself with another code than 0.
 */
export async function attachedUp(
  ports: ComposePorts,
  project: Project,
  options: AttachedUpOptions,
): Promise<AttachedUpResult> {
  checkStartable(project, options.written);
  const prepared = await prepareUp(ports, project, options);
  tellWarnings(ports, prepared.warnings, options.onEvent);
  const stay = new Stay(ports, { name: project.name, project }, prepared, options);
  return stay.run();
}

/**
 * After a stop of everything, following ends with the last exit: this long only if the engine tells of none. Where dependencies run
 * on, stragglers among the lines and exits get the shorter time.
 */
const lastLinesMilliseconds = { everything: 10_000, some: 1000 };

/** An event that has not come so long after the answer of the call that caused it will not come. */
const eventLagMilliseconds = 2000;

/** One attached `up`, from the first step to the last exit. */
class Stay {
  readonly #ports: ComposePorts;
  readonly #reference: ProjectReference;
  readonly #prepared: PreparedUp;
  readonly #options: AttachedUpOptions;
  readonly #exits: ContainerExit[] = [];
  readonly #following = new AbortController();
  readonly #holdOpen = new AbortController();
  /** Aborted by the first exit that ends the whole. */
  readonly #enough = new AbortController();
  readonly #failures: Promise<TopsailError | undefined>[] = [];
  /** Containers that the plan ends: their exits count for nothing. */
  readonly #ending: Set<string>;
  readonly #uncounted = new WeakSet<ContainerExit>();
  readonly #started = new Set<string>();
  readonly #unheard = new Set<string>();
  #allHeard = (): void => {};
  #attached = false;
  #stopping = false;

  constructor(ports: ComposePorts, reference: ProjectReference, prepared: PreparedUp, options: AttachedUpOptions) {
    this.#ports = ports;
    this.#reference = reference;
    this.#prepared = prepared;
    this.#options = options;
    this.#ending = new Set(endedContainers(prepared.plan));
  }

  async run(): Promise<AttachedUpResult> {
    const following = this.#follow();
    try {
      await following.listening;
      await this.#bringUp();
      this.#holdOpen.abort();
      await Promise.race([following.ended, this.#untilAsked()]);
      if (this.#isAsked()) await this.#stopAll(following);
      else if (this.#options.detach?.aborted === true) return { ended: 'detached', exitCode: 0 };
      return await this.#result();
    } finally {
      this.#following.abort();
      await following.ended.catch(() => {});
    }
  }

  #follow(): ProjectFollowing {
    const { desired } = this.#prepared;
    return followProject(this.#ports, {
      project: desired.project,
      services: desired.services.map((service) => service.name),
      shown: this.#options.shown,
      signal: this.#following.signal,
      holdOpen: this.#holdOpen.signal,
      onLine: this.#options.onLine,
      onExit: (exit) => {
        if (this.#options.shown.includes(exit.source.service) && !this.#uncounted.has(exit)) this.#options.onExit(exit);
      },
      onStart: (container) => this.#hearStart(container),
      onRecreate: (source) => {
        if (this.#holdOpen.signal.aborted && this.#options.shown.includes(source.service))
          this.#options.onRecreate?.(source);
      },
      onExitHeard: (exit) => this.#hear(exit),
      ...(this.#options.onWarning === undefined ? {} : { onWarning: this.#options.onWarning }),
    });
  }

  async #bringUp(): Promise<void> {
    const options = this.#options;
    const onEvent = (event: TopsailEvent): void => {
      if (event.type === 'node-started' && event.operation === 'start-container') this.#announce();
      options.onEvent?.(event);
    };
    const signal = AbortSignal.any([options.signal, this.#enough.signal]);
    const { plan, execution } = await carryOutUp(this.#ports, this.#prepared, { ...options, signal, onEvent });
    if (execution.aborted) return;
    requireSuccess(execution, plan, options.signal, options.written);
    await this.#hearOfStarts(execution);
    this.#announce();
    await options.onUp?.({ plan, execution, timeline: timeline(execution, plan) });
  }

  /** The engine's events come after its answers: what was started can be told to have ended once its start is heard of. */
  async #hearOfStarts(execution: ExecutionResult): Promise<void> {
    for (const { identity, outcome, changed } of execution.nodes.values()) {
      if (identity.operation !== 'start-container' || outcome !== 'done' || !changed) continue;
      if (!this.#started.has(identity.name)) this.#unheard.add(identity.name);
    }
    if (this.#unheard.size === 0) return;
    const heard = new Promise<void>((resolve) => {
      this.#allHeard = resolve;
    });
    const late = this.#ports.clock.sleep(eventLagMilliseconds, this.#following.signal).catch(() => {});
    await Promise.race([heard, late]);
  }

  #hearStart(container: string): void {
    this.#started.add(container);
    if (this.#unheard.delete(container) && this.#unheard.size === 0) this.#allHeard();
  }

  #announce(): void {
    if (this.#attached) return;
    this.#attached = true;
    this.#options.onAttach(attachNames(this.#prepared, this.#options.shown));
  }

  #hear(exit: ContainerExit): void {
    if (this.#ending.delete(exit.id)) {
      this.#uncounted.add(exit);
      return;
    }
    this.#exits.push(exit);
    if (this.#stopping) return;
    const { abortOn } = this.#options;
    if (abortOn === 'exit' || (abortOn === 'failure' && exit.exitCode !== 0)) this.#enough.abort();
    else if (!exit.restarting && abortOn === undefined) this.#failures.push(this.#failureOf(exit));
  }

  /** What somebody ended through the engine has not failed. */
  async #failureOf({ source, exitCode, killed }: ContainerExit): Promise<TopsailError | undefined> {
    if (exitCode === 0 || killed || restarts(this.#prepared.desired, source)) return undefined;
    const inspect = await inspectEnded(this.#ports, source.container, this.#following.signal).catch(() => undefined);
    const { service, container: name } = source;
    return (inspect && killedForMemory(inspect, { service, name })) ?? jobFailed(source, exitCode);
  }

  #isAsked(): boolean {
    return this.#options.signal.aborted || this.#enough.signal.aborted;
  }

  async #untilAsked(): Promise<void> {
    const { signal, detach } = this.#options;
    const asked = AbortSignal.any([signal, this.#enough.signal, ...(detach === undefined ? [] : [detach])]);
    if (asked.aborted) return;
    await new Promise<void>((resolve) => asked.addEventListener('abort', () => resolve(), { once: true }));
  }

  async #stopAll(following: ProjectFollowing): Promise<void> {
    this.#stopping = true;
    this.#options.onStopping?.();
    await stopOrKill(this.#ports, this.#reference, this.#options);
    const { everything, some } = lastLinesMilliseconds;
    const longest = (this.#options.targets ?? []).length === 0 ? everything : some;
    const late = this.#ports.clock.sleep(longest, this.#following.signal).catch(() => {});
    await Promise.race([following.ended, late]);
  }

  async #result(): Promise<AttachedUpResult> {
    const { exitCodeFrom, abortOn, signal } = this.#options;
    if (signal.aborted) return { ended: 'interrupted', exitCode: 0 };
    const failed = (await Promise.all(this.#failures)).find((failure) => failure !== undefined);
    if (failed !== undefined) throw failed;
    const counting = this.#exits.find((exit) =>
      exitCodeFrom === undefined ? abortOn === 'exit' || exit.exitCode !== 0 : exit.source.service === exitCodeFrom,
    );
    const ended = this.#enough.signal.aborted ? 'aborted-on-exit' : 'all-exited';
    return { ended, exitCode: abortOn === undefined ? 0 : (counting?.exitCode ?? 0) };
  }
}

/** Ids of the containers that a plan stops, to remove them or to start them again. */
function endedContainers({ nodes }: Plan): readonly string[] {
  return nodes.flatMap(({ operation }) =>
    operation.kind === 'stop-container' && operation.container.id !== undefined ? [operation.container.id] : [],
  );
}

function restarts(desired: DesiredState, source: LogSource): boolean {
  return desired.services.some((service) => service.name === source.service && service.restarts);
}

function jobFailed({ service, container }: LogSource, exitCode: number): TopsailError {
  const message = `service ${JSON.stringify(service)} failed: container ${container} exited (${String(exitCode)})`;
  return new TopsailError('job-failed', message, { origin: 'engine' });
}
