import type { Clock } from '../engine/clock.ts';
import type { Engine, EngineEvent } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { EventFeed } from '../engine/event-feed.ts';
import type { OpenProber } from '../engine/prober.ts';
import type { ReadyProbe } from '../state/ready-probe.ts';
import type { OwnChecks, OwnChecksListener } from './check-rounds.ts';
import { type ContainerSight, forgetEngineWord, seeEvent, seeInspect, seeOwnChecks } from './container-sight.ts';
import { createFirstAnswer } from './first-answer.ts';
import type { LastAttempt } from './last-attempt.ts';
import { createOwnChecks } from './own-checks.ts';
import { createReadyChecks } from './ready-checks.ts';
import type { Slots } from './slots.ts';

/** Hears what is known of a container, or that there will be no more news. */
export interface SightListener {
  seen(sight: ContainerSight): void;
  failed(error: unknown): void;
}

/** What the watch of a container works with. */
export interface WatchPorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly feed: EventFeed;
  readonly slots: Slots;
  /** Needed only for probes from outside. */
  readonly prober: OpenProber | undefined;
  readonly signal: AbortSignal;
  /** Hears each failed attempt to find out whether a container is ready. */
  readonly note: (id: string, attempt: LastAttempt) => void;
}

/** The container under watch. */
export interface WatchSubject {
  readonly id: string;
  /** Decides over its health in place of its declared check. */
  readonly ready: ReadyProbe | undefined;
}

interface Follower {
  readonly checks: boolean;
  /** The container was looked at since it began to follow, so that nothing it hears is outdated. */
  ready: boolean;
}

/** One container under watch, shared by all who wait for it: looks once for each, then listens. The feed must be open. */
export class ContainerWatch {
  readonly #ports: WatchPorts;
  readonly #id: string;
  readonly #forget: () => void;
  readonly #followers = new Map<SightListener, Follower>();
  readonly #ownChecks: OwnChecks;
  readonly #firstAnswer: OwnChecks;
  readonly #stopListening: () => void;
  /** Events that came before the first look. */
  readonly #early: EngineEvent[] = [];
  readonly #probed: boolean;
  #sight: ContainerSight | undefined;
  #failure: { readonly error: unknown } | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  /** `forget` is called when nobody follows any more. */
  constructor(ports: WatchPorts, { id, ready }: WatchSubject, forget: () => void) {
    this.#ports = ports;
    this.#id = id;
    this.#forget = forget;
    this.#probed = ready !== undefined;
    const listener: OwnChecksListener = {
      verdict: (verdict, start) => {
        if (this.#sight !== undefined) this.#see(seeOwnChecks(this.#sight, verdict, start));
      },
      failed: (error) => this.#fail(error),
    };
    const note = (attempt: LastAttempt): void => ports.note(id, attempt);
    this.#ownChecks =
      ready === undefined
        ? createOwnChecks(ports, listener, note)
        : createReadyChecks(ports, ready, listener, (reason) => note({ kind: 'probe', reason }));
    this.#firstAnswer = createFirstAnswer(ports, listener);
    this.#stopListening = ports.feed.listen({
      event: (event) => {
        if (event.Actor.ID === id) this.#hear(event);
      },
      resumed: () => {
        if (this.#sight !== undefined) this.#sight = forgetEngineWord(this.#sight);
        this.#look();
      },
      lost: (error) => this.#fail(error),
    });
  }

  /** See `ContainerWatches.follow`. */
  async follow(checks: boolean, listener: SightListener): Promise<() => void> {
    const follower: Follower = { checks, ready: false };
    this.#followers.set(listener, follower);
    this.#look();
    await this.#looking;
    follower.ready = true;
    if (this.#failure !== undefined) listener.failed(this.#failure.error);
    else if (this.#sight !== undefined) listener.seen(this.#sight);
    return () => this.#leave(listener);
  }

  /** Resolves when nothing of it is under way any more. */
  async idle(): Promise<void> {
    this.#stopListening();
    await Promise.all([this.#looking, this.#ownChecks.idle(), this.#firstAnswer.idle()]);
  }

  #leave(listener: SightListener): void {
    this.#followers.delete(listener);
    this.#aim();
    if (this.#followers.size > 0) return;
    this.#stopListening();
    this.#forget();
  }

  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#lookUntilQuiet()
      .catch((error: unknown) => {
        if (this.#ports.signal.aborted) return;
        if (this.#sight !== undefined && isEngineError(error, 'not-found'))
          this.#see({ ...this.#sight, removed: true });
        else this.#fail(error);
      })
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async #lookUntilQuiet(): Promise<void> {
    const { engine, clock, signal } = this.#ports;
    while (this.#lookAgain && this.#followers.size > 0) {
      this.#lookAgain = false;
      const now = clock.now();
      const inspect = await engine.containers.inspect(this.#id, { signal });
      this.#failure = undefined;
      this.#see(seeInspect(this.#sight, inspect, now, this.#probed));
      for (const event of this.#early.splice(0)) this.#hear(event);
    }
  }

  #hear(event: EngineEvent): void {
    if (this.#sight === undefined) {
      this.#early.push(event);
      return;
    }
    const { sight, look } = seeEvent(this.#sight, event);
    if (sight !== this.#sight) this.#see(sight);
    if (look && !sight.removed) this.#look();
  }

  #see(sight: ContainerSight): void {
    this.#sight = sight;
    this.#aim();
    for (const listener of this.#ready()) listener.seen(sight);
  }

  #fail(error: unknown): void {
    this.#failure = { error };
    for (const listener of this.#ready()) listener.failed(error);
  }

  #ready(): readonly SightListener[] {
    return [...this.#followers].filter(([, { ready }]) => ready).map(([listener]) => listener);
  }

  /** Our own checks are for the current start, while somebody wants to know and the engine has not said; so is the first answer of one without. */
  #aim(): void {
    const wanted = [...this.#followers.values()].some(({ checks }) => checks);
    const sight = this.#sight;
    const runs = wanted && sight !== undefined && !sight.removed && sight.runningSince !== undefined;
    this.#ownChecks.aim(runs && sight.health === 'starting' ? sight.inspect : undefined);
    const isUnchecked = runs && sight.health === 'none' && sight.ownWord === undefined;
    this.#firstAnswer.aim(isUnchecked ? sight.inspect : undefined);
  }
}
